import SystemPackage
package import TinyforgeCore

/// What comes on standard input.
package enum StandardInput {
  /// Far beyond what a push of a hundred thousand references tells its hook.
  private static let linesLimit = 64 << 20

  /// Reads a spec to its end; of one over the size limit the size alone is kept.
  package static func read() throws(Failure) -> SpecSnapshot.Content {
    let (bytes, size) = try read(keeping: SpecObstacle.sizeLimit)
    return size > SpecObstacle.sizeLimit ? .refused(.tooLarge(size)) : .file(bytes)
  }

  /// Reads what git tells a hook, to its end.
  package static func readLines() throws(Failure) -> [UInt8] {
    let (bytes, size) = try read(keeping: linesLimit)
    guard size <= linesLimit else {
      throw Failure(
        .usage, "standard input is over 64 MiB", remedy: "push fewer references at once")
    }
    return bytes
  }

  /// Reads to the end, and keeps the bytes up to the limit.
  private static func read(keeping limit: Int) throws(Failure) -> (bytes: [UInt8], size: Int) {
    var bytes: [UInt8] = []
    var size = 0
    var chunk = [UInt8](repeating: 0, count: 65_536)
    do {
      while true {
        let count = try chunk.withUnsafeMutableBytes {
          try FileDescriptor.standardInput.read(into: $0)
        }
        if count == 0 { break }
        size += count
        if size <= limit { bytes += chunk[..<count] }
      }
    } catch {
      throw Failure(.io, "standard input cannot be read", remedy: "check what it is connected to")
    }
    return (bytes, size)
  }
}
