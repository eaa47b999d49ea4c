internal import Files
internal import Glibc
internal import SystemPackage
import TinyforgeCore

/// The folder of a database's locks, opened once.
///
/// It is in the database's folder, whose owner can exchange it for another one or for a link at any moment.
/// So everything in it is done through its descriptor, and it must belong to the database's owner.
final class LockFolder: Sendable {
  private let place: LockPlace
  private let folder: Folder

  private init(_ place: LockPlace, _ folder: Folder) {
    self.place = place
    self.folder = folder
  }

  /// Opens the folder, and makes it where it is not there yet.
  ///
  /// `database` is its path with all links resolved. Throws, and leaves nothing, where this user may not write the
  /// database, or would keep its owner out.
  static func open(database: String) throws(Failure) -> LockFolder {
    let place = try LockPlace(database: database)
    try place.requireWritableDatabase()
    for _ in 0..<attempts {
      if let folder = try place.open() { return LockFolder(place, folder) }
      try place.make()
    }
    throw LockFault.unsettled(place.path)
  }

  /// Opens the folder for looking at; nil where there is none yet.
  static func lookingAt(database: String) throws(Failure) -> LockFolder? {
    let place = try LockPlace(database: database)
    return try place.open().map { LockFolder(place, $0) }
  }

  /// How often something is tried again that others remove or exchange meanwhile.
  static let attempts = 100

  var path: String { place.path }
  var owner: LockOwner { place.owner }

  /// The names of what is in it.
  func names() throws(Failure) -> [String] {
    do {
      return try folder.names()
    } catch {
      throw LockFault(path: path, kind: .folder, error: error).failure
    }
  }

  /// Opens a lock's file, and makes it where it is not there yet.
  func file(_ name: String) throws(Failure) -> LockFile {
    do throws(Errno) {
      for _ in 0..<Self.attempts {
        if let opened = try opened(name, O_RDWR) { return try LockFile(opened) }
        try make(name)
      }
    } catch {
      throw LockFault(path: "\(path)/\(name)", kind: .file, error: error).failure
    }
    throw LockFault.unsettled(path)
  }

  /// Opens a lock's file for looking at; nil where it is gone.
  ///
  /// Throws `.denied` for one that may not be read, of which it is unknown whether it is held, and
  /// for what is not a plain file.
  func lookingAt(_ name: String) throws(Failure) -> LockFile? {
    do throws(Errno) {
      guard let opened = try opened(name, O_RDONLY) else { return nil }
      return try LockFile(opened)
    } catch {
      throw LockFault(path: "\(path)/\(name)", kind: .watchedFile, error: error).failure
    }
  }

  /// Opens what is there, nil where nothing is; raises the limit of open files where that is reached.
  private func opened(_ name: String, _ flags: Int32) throws(Errno) -> FileDescriptor? {
    do throws(Errno) {
      return try folder.open(name, flags)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      guard error == .tooManyOpenFiles, OpenFileLimit.raise() else { throw error }
      return try folder.open(name, flags)
    }
  }

  private func make(_ name: String) throws(Errno) {
    if owner.needsAdoption {
      _ = try newFile(name, with: [], mode: owner.fileMode)
    } else {
      do throws(Errno) {
        _ = try LockFile(folder.open(name, O_RDWR | O_CREAT | O_EXCL, mode: 0o600))
      } catch {
        if error != .fileExists { throw error }
      }
    }
  }

  /// Makes a file that is the database owner's from its first moment, unless there is one of that name; returns
  /// whether it did.
  func newFile(_ name: String, with bytes: [UInt8], mode: mode_t) throws(Errno) -> Bool {
    do throws(AtomicFile.Fault) {
      return try AtomicFile(name, in: folder).create(with: bytes) { descriptor throws(Errno) in
        try owner.adopt(descriptor, mode: mode)
      }
    } catch {
      guard case .system(let code) = error else { throw .ioError }
      throw code
    }
  }

  /// The first bytes of a plain file; nil where there is none.
  func read(_ name: String, limit: Int) throws(Errno) -> [UInt8]? {
    guard let opened = try opened(name, O_RDONLY) else { return nil }
    return try LockFile(opened).beginning(upTo: limit)
  }

  /// Whether others find this folder at its path.
  var isStillThere: Bool {
    guard let own = try? folder.status(), let there = try? place.parent.status(of: place.name)
    else { return false }
    return own.isSameFile(as: there)
  }

  /// Whether that file is what others find at the lock's path.
  func isInPlace(_ file: Stat, _ name: String) -> Bool {
    guard let there = try? place.parent.status(of: "\(place.name)/\(name)") else { return false }
    return file.isSameFile(as: there)
  }
}
