internal import Glibc
package import SystemPackage

extension FilePath {
  /// Calls `body` with the name and the type (`DT_REG`, `DT_DIR`, …) of each entry of this directory but `.` and `..`, in
  /// the file system's order, until it returns false.
  package func forEachEntry(
    _ body: (_ name: Slice<UnsafeRawBufferPointer>, _ type: UInt8) -> Bool
  ) throws(Errno) {
    guard let listing = withPlatformString({ opendir($0) }) else { throw Errno(rawValue: errno) }
    listing.forEachEntry(body)
  }

  /// The names of the directory's entries but `.` and `..`; empty if it cannot be listed.
  package func entryNames<Name>(_ read: (Slice<UnsafeRawBufferPointer>) -> Name) -> [Name] {
    var names: [Name] = []
    try? forEachEntry { name, _ in
      names.append(read(name))
      return true
    }
    return names
  }
}

extension OpaquePointer {
  /// Calls `body` for each entry of an open listing (`DIR *`), and closes it.
  func forEachEntry(_ body: (_ name: Slice<UnsafeRawBufferPointer>, _ type: UInt8) -> Bool) {
    defer { closedir(self) }
    while let entry = readdir(self) {
      let goesOn = withUnsafeBytes(of: &entry.pointee.d_name) { field in
        let name = field.prefix { $0 != 0 }
        return name.isDots || body(name, entry.pointee.d_type)
      }
      guard goesOn else { return }
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Whether the name is `.` or `..`.
  fileprivate var isDots: Bool { count <= 2 && allSatisfy { $0 == UInt8(ascii: ".") } }
}
