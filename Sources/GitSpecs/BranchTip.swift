internal import CGit2
internal import Glibc
internal import SystemPackage

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
  package var isCurrent: Bool { PlainReferences.target(of: name, in: folder) == commit }
}

extension GitRepository {
  /// The tip of a local branch that was found to lead to a commit.
  package func tip(ofBranch branch: String, commit: String) -> BranchTip {
    BranchTip(folder: "\(commonFolder.string)/", name: "refs/heads/\(branch)", commit: commit)
  }

  /// The id of a branch that stands in a file of its own or in a small `packed-refs`, which is what they look
  /// like; nil where anything is otherwise, and libgit2 is to be asked.
  func plainTarget(ofBranch name: String) -> git_oid? {
    var isValid: Int32 = 0
    var id = git_oid()
    guard git_reference_name_is_valid(&isValid, name) == 0, isValid == 1,
      let target = PlainReferences.target(of: name, in: "\(commonFolder.string)/"),
      git_oid_fromstr(&id, target) == 0
    else { return nil }
    return id
  }
}

/// References as git writes them.
///
/// libgit2 reads all settings before it reads one. It maps `packed-refs` into memory and takes it out again:
/// where all processors are at work, each such change has to wait for every one of them, a quarter of
/// a fleet's time.
private enum PlainReferences {
  private static let digits = Int(GIT_OID_HEXSZ)

  /// The id that a reference holds, in digits; nil where it is not there or of another form.
  static func target(of name: String, in folder: String) -> String? {
    let file = open(folder + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    // With something else in its place, there is more to know of it.
    guard file >= 0 else { return errno == ENOENT ? packedTarget(of: name, in: folder) : nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      guard count == digits + 1, buffer[digits] == UInt8(ascii: "\n") else { return nil }
      return String(decoding: buffer[..<digits], as: UTF8.self)
    }
  }

  /// That of a reference in a small `packed-refs`; nil where the file is larger as well.
  private static func packedTarget(of name: String, in folder: String) -> String? {
    let file = open("\(folder)packed-refs", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      guard count > 0, count < buffer.count else { return nil }
      return packedTarget(of: name, in: UnsafeRawBufferPointer(buffer)[..<count])
    }
  }

  /// Lines are `ID NAME`; `#` begins a comment, and `^ID` tells what the tag before it leads to.
  private static func packedTarget(of name: String, in packed: Slice<UnsafeRawBufferPointer>)
    -> String?
  {
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
