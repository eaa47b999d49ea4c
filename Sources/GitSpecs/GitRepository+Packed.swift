internal import CGit2
internal import Glibc

extension GitRepository {
  /// The id of a reference that stands in a small `packed-refs` and nowhere else, which is what a
  /// mirror looks like; nil where anything is otherwise, and libgit2 is to be asked.
  ///
  /// libgit2 maps that file into memory and takes it out again. Where all processors are at work, each
  /// such change has to wait for every one of them: a tenth of the time that a fleet takes.
  func packedTarget(of name: String) -> git_oid? {
    // With a file of its own, or a folder in its place, there is more to know of it.
    guard access(commonFolder + name, F_OK) != 0, errno == ENOENT else { return nil }
    let file = Glibc.open("\(commonFolder)packed-refs", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      guard count > 0, count < buffer.count else { return nil }
      return Self.target(of: name, in: UnsafeRawBufferPointer(buffer)[..<count])
    }
  }

  /// Lines are `ID NAME`; `#` begins a comment, and `^ID` tells what the tag before it leads to.
  private static func target(of name: String, in packed: Slice<UnsafeRawBufferPointer>) -> git_oid?
  {
    let digits = Int(GIT_OID_HEXSZ)
    for line in packed.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "^") { continue }
      let space = line.startIndex + digits
      guard line.count > digits + 1, line[space] == UInt8(ascii: " ") else { return nil }
      guard line[(space + 1)...].elementsEqual(name.utf8) else { continue }
      var id = git_oid()
      let text = String(decoding: line.prefix(digits), as: UTF8.self)
      return git_oid_fromstr(&id, text) == 0 ? id : nil
    }
    return nil
  }
}
