internal import CGit2
internal import CZlib
internal import SystemPackage
internal import TinyforgeCore

extension GitRepository {
  /// Throws where the object stands in a file of its own that breaks off or is damaged.
  ///
  /// libgit2 1.5.1 never returns from reading such a file: its inflating loop waits for output that
  /// does not come. Objects in packs and in alternates are not looked at here.
  func requireWhole(_ id: borrowing git_oid, _ operation: @autoclosure () -> String)
    throws(Failure)
  {
    let name = hexadecimal(id)
    let path = FilePath("\(commonFolder)objects/\(name.prefix(2))/\(name.dropFirst(2))")
    guard let file = try? FileDescriptor.open(path, .readOnly) else { return }
    defer { try? file.close() }
    guard Self.isWhole(file) else {
      throw Failure(
        .repository,
        "cannot \(operation()) \(oneLine(folder)): the object \(name.prefix(12)) is damaged",
        remedy: "git -C \(shellWord(folder)) fsck")
    }
  }

  private static func isWhole(_ file: FileDescriptor) -> Bool {
    guard let size = try? file.seek(offset: 0, from: .end) else { return false }
    // A larger object is refused by its header, before its bytes are inflated.
    guard size <= 8 << 20 else { return true }
    let bytes = try? [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      while count < Int(size) {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let read = try file.read(fromAbsoluteOffset: Int64(count), into: rest)
        if read == 0 { break }
        count += read
      }
    }
    guard let bytes else { return false }
    return tinyforge_zlib_is_whole(bytes, UInt32(bytes.count)) == 1
  }
}
