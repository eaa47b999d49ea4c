import SystemPackage
package import TinyforgeCore

/// What comes on standard input.
package enum StandardInput {
  /// Far beyond what a push of a hundred thousand references tells its hook.
  private static let linesLimit = 64 << 20

  /// Reads a spec to its end, or to where its size is over the limit.
  package static func read() throws(Failure) -> SpecSnapshot.Content {
    let bytes = try read(atMost: SpecObstacle.sizeLimit)
    return bytes.count > SpecObstacle.sizeLimit ? .refused(.tooLarge(bytes.count)) : .file(bytes)
  }

  /// Reads what git tells a hook, to its end.
  package static func readLines() throws(Failure) -> [UInt8] {
    let bytes = try read(atMost: linesLimit)
    guard bytes.count <= linesLimit else {
      throw Failure(
        .usage, "standard input is over 64 MiB", remedy: "push fewer references at once")
    }
    return bytes
  }

  /// Reads to the end, or to just over the limit.
  private static func read(atMost limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    do {
      while bytes.count <= limit {
        let count = try chunk.withUnsafeMutableBytes {
          try FileDescriptor.standardInput.read(into: $0)
        }
        if count == 0 { break }
        bytes += chunk[..<count]
      }
    } catch {
      throw Failure(.io, "standard input cannot be read", remedy: "check what it is connected to")
    }
    return bytes
  }
}
