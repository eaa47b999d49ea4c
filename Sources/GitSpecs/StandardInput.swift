import SystemPackage
package import TinyforgeCore

/// What comes on standard input.
///
/// `wait` waits until a descriptor can be read, and returns whether the run goes on; where it does not, `.interrupted` is thrown.
package enum StandardInput {
  /// Far beyond what git gives the hook of a push of a hundred thousand references.
  private static let linesLimit = 64 << 20

  /// Reads a spec to its end; of one over the size limit the size alone is kept.
  package static func read(waiting wait: (Int32) -> Bool) throws(Failure) -> SpecSnapshot.Content {
    let (bytes, size) = try read(keeping: SpecObstacle.sizeLimit, wait)
    return size > SpecObstacle.sizeLimit ? .refused(.tooLarge(size)) : .file(bytes)
  }

  /// Reads what git gives a hook, to its end.
  package static func readLines(waiting wait: (Int32) -> Bool) throws(Failure) -> [UInt8] {
    let (bytes, size) = try read(keeping: linesLimit, wait)
    guard size <= linesLimit else {
      throw Failure(
        .usage, "standard input is over 64 MiB", remedy: "push fewer references at once")
    }
    return bytes
  }

  /// Reads to the end, and keeps the bytes up to the limit.
  private static func read(keeping limit: Int, _ wait: (Int32) -> Bool) throws(Failure) -> (
    bytes: [UInt8], size: Int
  ) {
    var bytes: [UInt8] = []
    var size = 0
    var chunk = [UInt8](repeating: 0, count: 65_536)
    do {
      while wait(FileDescriptor.standardInput.rawValue) {
        let count = try chunk.withUnsafeMutableBytes {
          try FileDescriptor.standardInput.read(into: $0)
        }
        if count == 0 { return (bytes, size) }
        size += count
        if size <= limit { bytes += chunk[..<count] }
      }
    } catch Errno.badFileDescriptor {
      throw .closedInput
    } catch {
      throw Failure(.io, "standard input cannot be read", remedy: "check what it is connected to")
    }
    throw Failure.interrupted
  }
}
