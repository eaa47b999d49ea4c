internal import Glibc
internal import SystemPackage

/// The file `packed-refs`, read again only once it is another one than before, as git does.
///
/// Every writer replaces the file.
final class PackedFile {
  /// Which file it is, and when it was written.
  private struct Identity: Equatable {
    let device, inode, size, seconds, nanoseconds: Int64

    init(_ facts: Stat) {
      device = Int64(truncatingIfNeeded: facts.deviceID.rawValue)
      inode = Int64(truncatingIfNeeded: facts.inode.rawValue)
      size = Int64(facts.size)
      (seconds, nanoseconds) = (Int64(facts.st_mtim.tv_sec), Int64(facts.st_mtim.tv_nsec))
    }
  }

  let path: FilePath
  private var known: (identity: Identity, bytes: [UInt8])?

  private static let sizeLimit = 1 << 30

  init(_ path: FilePath) { self.path = path }

  /// What the file holds now.
  func bytes() throws(Errno) -> [UInt8] {
    if let known, known.identity == Identity(try Stat(path)) { return known.bytes }
    let descriptor = try ConfigurationReader.opened(path)
    defer { try? descriptor.close() }
    let facts = try Stat(descriptor)
    let bytes = try ConfigurationReader.bytes(of: descriptor, facts, limit: Self.sizeLimit)
    known = (Identity(facts), bytes)
    return bytes
  }
}
