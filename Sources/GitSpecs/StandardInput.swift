import SystemPackage
package import TinyforgeCore

/// A spec on standard input.
package enum StandardInput {
  /// Reads to the end, or to where the size is over the limit.
  package static func read() throws(Failure) -> SpecSnapshot.Content {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    do {
      while bytes.count <= SpecObstacle.sizeLimit {
        let count = try chunk.withUnsafeMutableBytes {
          try FileDescriptor.standardInput.read(into: $0)
        }
        if count == 0 { return .file(bytes) }
        bytes += chunk[..<count]
      }
    } catch {
      throw Failure(.io, "standard input cannot be read", remedy: "check what it is connected to")
    }
    return .refused(.tooLarge(bytes.count))
  }
}
