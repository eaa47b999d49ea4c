import Files
package import SystemPackage
package import TinyforgeCore

/// Reads and replaces files as a whole.
package enum WholeFile {
  /// Everything that the file holds, or standard input for `-`; `what` names it in failures.
  package static func read(_ path: String, as what: String) throws(Failure) -> [UInt8] {
    try InputFile(path, as: what).rest()
  }

  /// Puts a file in the place of another, or makes it: all at once, or not at all.
  ///
  /// A new file is its owner's alone, or `forOthers` to read as far as the umask lets them; one that
  /// is replaced keeps its mode, unless it `staysPrivate`. What is there and is not a regular file is
  /// refused, as are links on the way that belong to another account.
  package static func replace(
    _ path: String, with bytes: [UInt8], as what: String, staysPrivate: Bool = false
  ) throws(Failure) {
    try replace(path, with: StoredBytes(bytes), as: what, staysPrivate: staysPrivate)
  }

  /// The same with stored bytes.
  package static func replace(
    _ path: String, with bytes: StoredBytes, as what: String, forOthers: Bool = false,
    staysPrivate: Bool = false
  ) throws(Failure) {
    let access: AtomicFile.Access =
      staysPrivate ? .owner : forOthers ? .asBeforeOrUmask : .asBefore
    do throws(AtomicFile.Fault) {
      // A signal in between would leave the temporary file.
      try Interruption.whileHeld { () throws(AtomicFile.Fault) in
        try AtomicFile(path).replace(access: access, writing: bytes.write)
      }
    } catch {
      throw notWritten("\(what) \(path.shownSafely)", error)
    }
  }

  /// The same for others to read, whatever bytes the path of the file's folder has; `shown` names the file.
  package static func replaceForOthers(_ path: FilePath, with bytes: [UInt8], _ shown: String)
    throws(Failure)
  {
    do throws(AtomicFile.Fault) {
      try Interruption.whileHeld { () throws(AtomicFile.Fault) in
        try AtomicFile(path).replace(with: bytes, access: .asBeforeOrUmask)
      }
    } catch {
      throw notWritten(shown, error)
    }
  }

  /// Why a file was not written; `what` names it.
  static func notWritten(_ what: String, _ fault: AtomicFile.Fault) -> Failure {
    switch fault {
    case .system(let error):
      return Failure(
        .io, "\(what) cannot be written: \(error.words)",
        remedy: "check the folder, and that its disk has room")
    case .link(let link):
      return Failure(
        .denied,
        "\(what) cannot be written: the symbolic link \(link.shownSafely) on the way belongs to another user, "
          + "who could lead it anywhere",
        remedy: "name the file by its real path: realpath \(shellPath(link))")
    case .severalNames:
      return Failure(
        .denied, "\(what) has several names (hard links), and is not written",
        remedy: "name another file")
    case .notRegular, .changed:
      return Failure(
        .denied, "\(what) is not a regular file, and is not replaced",
        remedy: "name another file")
    }
  }

  /// Why a file was not read; `what` names it.
  package static func notRead(_ path: String, _ what: String, _ error: Errno) -> Failure {
    Failure(
      error == .noSuchFileOrDirectory ? .notFound : .denied,
      "\(what) \(path.shownSafely) cannot be read: \(error.words)", remedy: "check the path")
  }
}
