import Files
import SystemPackage
package import TinyforgeCore

/// A file, or standard input for `-`, that is read piece by piece from its start to its end.
package final class InputFile {
  private static let pieceSize = 1 << 16

  private let path: String
  /// What failures call it.
  private let what: String
  private let file: FileDescriptor

  /// Opens a file; `what` names it in failures.
  package init(_ path: String, as what: String) throws(Failure) {
    (self.path, self.what) = (path, what)
    do {
      file =
        path == "-"
        ? .standardInput
        : try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    } catch {
      throw WholeFile.notRead(path, what, error as? Errno ?? .ioError)
    }
  }

  deinit { if path != "-" { try? file.close() } }

  /// The next bytes; none at the end.
  package func next() throws(Failure) -> [UInt8] {
    if path == "-", !Interruption.waitToRead(file.rawValue) { throw .interrupted }
    do throws(Errno) {
      return try file.beginning(upTo: Self.pieceSize)
    } catch {
      if error == .badFileDescriptor, path == "-" { throw .closedInput }
      throw WholeFile.notRead(path, what, error)
    }
  }

  /// What is left to read.
  package func rest() throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while case let piece = try next(), !piece.isEmpty { bytes += piece }
    return bytes
  }

  /// What is left to read, to be read more than once: where the file is another kind than a regular one, a copy.
  package func stored() throws(Failure) -> StoredBytes {
    if path != "-", (try? Stat.of(file))?.type == .regular, let own = own() {
      return StoredBytes(own)
    }
    let spool = Spool()
    while case let piece = try next(), !piece.isEmpty { try spool.add(piece) }
    return try spool.stored()
  }

  /// A descriptor of its own, which outlasts the object; nil where no more files may be open.
  private func own() -> FileDescriptor? {
    if let own = try? file.duplicate() { return own }
    return OpenFileLimit.raise() ? self.own() : nil
  }
}
