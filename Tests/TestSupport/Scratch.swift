import FoundationEssentials
import Glibc

/// A temporary folder that goes with the object.
package final class Scratch: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/tinyforge-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestSupportError("mkdtemp: errno \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of `name` in this folder.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `bytes` to `name`, making the folders on the way.
  @discardableResult
  package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let target = file(name)
    try makeFolders(above: name)
    guard let handle = fopen(target, "wb") else {
      throw TestSupportError("open \(target): errno \(errno)")
    }
    defer { fclose(handle) }
    let buffer = Array(bytes)
    guard fwrite(buffer, 1, buffer.count, handle) == buffer.count else {
      throw TestSupportError("write \(target): errno \(errno)")
    }
    return target
  }

  /// Writes the UTF-8 of `text` to `name`.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, text.utf8)
  }

  /// Makes the folder `name` and those above it.
  @discardableResult
  package func folder(_ name: String) throws -> String {
    try makeFolders(above: "\(name)/x")
    return file(name)
  }

  private func makeFolders(above name: String) throws {
    var current = path
    for part in name.split(separator: "/").dropLast() {
      current += "/\(part)"
      guard mkdir(current, 0o755) == 0 || errno == EEXIST else {
        throw TestSupportError("mkdir \(current): errno \(errno)")
      }
    }
  }
}

/// Reads a whole file.
package func readFile(_ path: String) throws -> [UInt8] {
  guard let handle = fopen(path, "rb") else {
    throw TestSupportError("open \(path): errno \(errno)")
  }
  defer { fclose(handle) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&chunk, 1, chunk.count, handle), count > 0 {
    bytes += chunk[..<count]
  }
  return bytes
}

/// A fault of the test's own set-up.
package struct TestSupportError: Error, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

/// Waits until a file is there and holds something, or the text that is given; throws after a minute.
package func waitForFile(_ path: String, toHold text: String = "") async throws {
  for _ in 0..<6000 {
    if let bytes = try? readFile(path), !bytes.isEmpty,
      String(decoding: bytes, as: UTF8.self).contains(text)
    {
      return
    }
    try await Task.sleep(for: .milliseconds(10))
  }
  throw TestSupportError("\(path) did not come, or does not hold \"\(text)\"")
}
