import Files
package import SystemPackage
package import TinyforgeCore

/// Bytes that may be read from any place and more than once: those of a file, or of memory.
package final class StoredBytes: Sendable {
  private enum Place {
    case memory([UInt8])
    case file(FileDescriptor)
  }

  private let place: Place

  /// Takes bytes.
  package init(_ bytes: [UInt8]) { place = .memory(bytes) }

  /// Takes over an open file, which is closed with the object.
  package init(_ file: FileDescriptor) { place = .file(file) }

  deinit { if case .file(let file) = place { try? file.close() } }

  /// The bytes from a place on, at most `limit`; none at the end.
  package func read(at offset: Int, upTo limit: Int) throws(Errno) -> [UInt8] {
    switch place {
    case .memory(let bytes): return Array(bytes.dropFirst(offset).prefix(limit))
    case .file(let file):
      var fault: Errno?
      let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        do {
          count = try file.read(
            fromAbsoluteOffset: Int64(offset), into: UnsafeMutableRawBufferPointer(buffer))
        } catch {
          count = 0
          fault = error as? Errno ?? .ioError
        }
      }
      if let fault { throw fault }
      return bytes
    }
  }

  /// Writes all of the bytes to a file.
  func write(to target: FileDescriptor) throws(Errno) {
    if case .memory(let bytes) = place { return try target.write(all: bytes) }
    var offset = 0
    while case let chunk = try read(at: offset, upTo: 1 << 20), !chunk.isEmpty {
      try target.write(all: chunk)
      offset += chunk.count
    }
  }
}

/// Bytes that come piece by piece and are needed later: few are kept in memory, more in a file without a name.
package final class Spool {
  private static let memoryLimit = 4 << 20

  private var bytes: [UInt8] = []
  private var file: FileDescriptor?
  /// Whether no temporary file can be made, so that everything is kept in memory.
  private var isInMemory = false

  /// Creates an empty one.
  package init() {}

  deinit { try? file?.close() }

  /// Adds bytes at the end.
  package func add(_ more: some Sequence<UInt8>) throws(Failure) {
    bytes += more
    guard bytes.count > Self.memoryLimit, !isInMemory else { return }
    if file == nil { file = try? TemporaryFile.unnamed() }
    guard let file else { return isInMemory = true }
    try write(to: file)
  }

  /// What was added; nothing more can be.
  package func stored() throws(Failure) -> StoredBytes {
    guard let file else { return StoredBytes(bytes) }
    try write(to: file)
    self.file = nil
    return StoredBytes(file)
  }

  private func write(to file: FileDescriptor) throws(Failure) {
    do throws(Errno) { try file.write(all: bytes) } catch {
      throw Failure(
        .io,
        "a temporary file in \(TemporaryFile.folder.shownSafely) cannot be written: \(error.words)",
        remedy: "set TMPDIR to a folder with room for it")
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
