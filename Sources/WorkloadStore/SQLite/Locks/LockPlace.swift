internal import Files
internal import Glibc
internal import SystemPackage
import TinyforgeCore

/// Where the folder of a database's locks is, or is to be.
struct LockPlace: Sendable {
  private static let suffix = ".gitops-locks"

  /// The database's folder.
  let parent: Folder
  /// The lock folder's name in it.
  let name: String
  /// The lock folder's path, for messages.
  let path: String
  let owner: LockOwner
  private let database: String

  /// The path of the lock folder of a database.
  static func path(database: String) -> String { database + suffix }

  /// `database` is its path with all links resolved.
  init(database: String) throws(Failure) {
    self.database = database
    path = Self.path(database: database)
    do throws(PathWalk.Fault) {
      let found = try PathWalk.parent(of: database)
      parent = found.folder
      name = found.name + Self.suffix
      owner = LockOwner(try? found.folder.status(of: found.name))
    } catch {
      throw Self.failure(error, database: database)
    }
  }

  private static func failure(_ fault: PathWalk.Fault, database: String) -> Failure {
    switch fault {
    case .system(let error):
      return LockFault(path: path(database: database), kind: .folder, error: error).failure
    case .link(let link):
      return Failure(
        .denied,
        "the locks of \(database.shownSafely) cannot be opened: the symbolic link \(link.shownSafely) on the way "
          + "belongs to another user, who could lead it anywhere",
        remedy: "name the database by its real path: realpath \(shellPath(link))")
    }
  }

  /// Refuses a user who may not write the database: there is nothing to lock, and the lock would be in the owner's
  /// way.
  func requireWritableDatabase() throws(Failure) {
    let file = String(name.dropLast(Self.suffix.count))
    guard (try? parent.status(of: file)) != nil, !parent.allows(W_OK, to: file) else { return }
    if errno == EROFS {
      throw Failure(
        .denied, "the database \(database.shownSafely) is on a read-only file system",
        remedy: "run where its file system is mounted for writing")
    }
    throw Failure(
      .denied,
      "the database \(database.shownSafely) cannot be written by this user (uid \(geteuid())): permission denied",
      remedy: "run as its owner: \(owner.runAs)")
  }

  /// Opens the folder; nil where there is none yet.
  func open() throws(Failure) -> Folder? {
    do throws(Errno) {
      let folder = try parent.folder(name)
      if owner.trusts(try folder.status()) { return folder }
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw failure(error)
    }
    throw Failure(
      .denied,
      "the lock folder \(path.shownSafely) belongs to another user than the database, and is not used",
      remedy: "sudo chown -R --reference=\(shellWord(database)) \(path)")
  }

  /// Makes the folder, complete from the first moment that it has its name.
  func make() throws(Failure) {
    guard owner.canEnterWhatThisUserMakes else {
      throw Failure(
        .denied,
        "the lock folder \(path.shownSafely) does not exist, and one made by this user (uid \(geteuid())) would keep "
          + "the database's owner out",
        remedy: "run apply once as its owner: \(owner.runAs)")
    }
    do throws(Errno) {
      guard owner.needsAdoption else { return try parent.makeFolder(name, mode: 0o700) }
      let temporary = Folder.temporaryName()
      try parent.makeFolder(temporary, mode: 0o700)
      do throws(Errno) {
        try adopt(temporary)
        if try parent.renameIfFree(temporary, to: name) { return }
      } catch {
        parent.remove(temporary, isFolder: true)
        throw error
      }
      parent.remove(temporary, isFolder: true)
    } catch {
      if error != .fileExists { throw failure(error) }
    }
  }

  private func adopt(_ temporary: String) throws(Errno) {
    let made = Folder(try parent.open(temporary, O_RDONLY | O_DIRECTORY))
    // A folder of root's may have been put in its place, whose owner must not be changed. An empty one holds nothing.
    guard try made.status().userID.rawValue == geteuid(), try made.names().isEmpty else {
      throw .permissionDenied
    }
    try owner.adopt(made.descriptor, mode: owner.folderMode)
  }

  private func failure(_ error: Errno) -> Failure {
    LockFault(path: path, kind: .folder, error: error).failure
  }
}
