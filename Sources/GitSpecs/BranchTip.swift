internal import CGit2
internal import Glibc

/// The commit that a branch led to, to ask again whether it does.
package struct BranchTip: Sendable {
  /// The folder of the references, with a slash at the end.
  private let folder: String
  /// Such as `refs/heads/main`.
  private let name: String
  /// The commit's full id.
  private let commit: String

  fileprivate init(folder: String, name: String, commit: String) {
    self.folder = folder
    self.name = name
    self.commit = commit
  }

  /// Whether the branch still leads to that commit; false as well where that takes a closer look.
  package var isCurrent: Bool {
    let file = open(folder + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      return errno == ENOENT && PackedReferences.target(of: name, in: folder) == commit
    }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      return count > 0 && buffer[..<count].elementsEqual((commit + "\n").utf8)
    }
  }
}

extension GitRepository {
  /// The tip of a local branch that was found to lead to a commit.
  package func tip(ofBranch branch: String, commit: String) -> BranchTip {
    BranchTip(folder: commonFolder, name: "refs/heads/\(branch)", commit: commit)
  }

  /// The id of a reference that stands in a small `packed-refs` and nowhere else, which is what a
  /// mirror looks like; nil where anything is otherwise, and libgit2 is to be asked.
  func packedTarget(of name: String) -> git_oid? {
    // With a file of its own, or a folder in its place, there is more to know of it.
    guard access(commonFolder + name, F_OK) != 0, errno == ENOENT else { return nil }
    var id = git_oid()
    guard let target = PackedReferences.target(of: name, in: commonFolder),
      git_oid_fromstr(&id, target) == 0
    else { return nil }
    return id
  }
}

/// References that stand together in one file.
private enum PackedReferences {
  /// The id of a reference in a small `packed-refs`; nil where it is not there, or the file is larger
  /// or of another form.
  ///
  /// libgit2 maps that file into memory and takes it out again. Where all processors are at work, each
  /// such change has to wait for every one of them: a quarter of the time that a fleet takes.
  static func target(of name: String, in folder: String) -> String? {
    let file = open("\(folder)packed-refs", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      guard count > 0, count < buffer.count else { return nil }
      return target(of: name, in: UnsafeRawBufferPointer(buffer)[..<count])
    }
  }

  /// Lines are `ID NAME`; `#` begins a comment, and `^ID` tells what the tag before it leads to.
  private static func target(of name: String, in packed: Slice<UnsafeRawBufferPointer>) -> String? {
    let digits = Int(GIT_OID_HEXSZ)
    let length = digits + 1 + name.utf8.count
    for line in packed.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "^") { continue }
      let space = line.startIndex + digits
      guard line.count > digits + 1, line[space] == UInt8(ascii: " ") else { return nil }
      guard line.count == length, line[(space + 1)...].elementsEqual(name.utf8) else { continue }
      return String(decoding: line.prefix(digits), as: UTF8.self)
    }
    return nil
  }
}
