internal import CGit2
internal import CLooseObjects
internal import Glibc
package import SystemPackage
package import TinyforgeCore

/// An open repository: a clone, a linked worktree or a bare repository.
///
/// It serves one task at a time; open one for each workload. libgit2 itself may be used by several
/// threads at once as long as each has its own repository.
package final class GitRepository {
  /// What reports name: the work tree, or the bare repository's folder; no slash at the end.
  package let folder: String
  /// The root of the work tree, nil for a bare repository.
  package let workTree: FilePath?
  /// Whether there is no work tree.
  package var isBare: Bool { workTree == nil }

  let handle: Handle<RepositoryKind>
  let environment: GitEnvironment
  /// Where it is on disk.
  let place: RepositoryPlace
  /// The settings in its own files, without what they include.
  let ownSettings: [GitSetting]
  /// Whether objects in packs, and those of other repositories, are looked for: see ``openMirror(_:)``.
  private var packs = Packs.unread
  /// The folder that holds this work tree's `HEAD` and index.
  let gitFolder: FilePath
  /// The folder that holds what all worktrees share.
  let commonFolder: FilePath
  /// The references in files.
  let references: References
  /// What is read in the place of other objects: pairs of ids.
  private var replacements: [git_oid] = []

  private enum Packs { case unread, read, failed(Failure) }

  /// Opens exactly this clone, worktree or bare repository; folders above it are not searched.
  ///
  /// As in git, a repository that `GIT_DIR` names is trusted; the owner of any other is checked.
  package static func open(
    _ path: String, environment: GitEnvironment = GitEnvironment(), isNamedByGit: Bool = false
  ) throws(Failure) -> GitRepository {
    try open(checked(path: path), environment: environment, isNamedByGit: isNamedByGit)
  }

  /// Opens exactly this clone, worktree or bare repository, whatever bytes its path has.
  package static func open(
    _ path: FilePath, environment: GitEnvironment = GitEnvironment(), isNamedByGit: Bool = false
  ) throws(Failure) -> GitRepository {
    let repository = try GitRepository(
      RepositoryPlace(exactly: path), path, environment, isNamedByGit: isNamedByGit)
    try repository.readPacks()
    return repository
  }

  /// Opens the repository that holds `folder`, which may be any folder within it.
  ///
  /// The search goes up to the root of the file system, across mount points.
  package static func discover(
    above folder: FilePath, environment: GitEnvironment = GitEnvironment()
  ) throws(Failure) -> GitRepository {
    guard let place = RepositoryPlace(above: folder) else { throw openFailure(folder) }
    let repository = try GitRepository(place, folder, environment, isNamedByGit: false)
    try repository.readPacks()
    return repository
  }

  /// Opens a repository as ``open(_:environment:isNamedByGit:)`` does, to read specs from its branches.
  ///
  /// Its objects are looked for in files of their own, where what was pushed last is, and elsewhere once one
  /// is in none: that takes half the time.
  package static func openMirror(_ path: String) throws(Failure) -> GitRepository {
    let path = try checked(path: path)
    return try GitRepository(
      RepositoryPlace(exactly: path), path, GitEnvironment(), isNamedByGit: false)
  }

  /// libgit2 reads no settings: what they say of the repository is known here, and is not read again for each.
  private init(
    _ place: RepositoryPlace, _ path: FilePath, _ environment: GitEnvironment, isNamedByGit: Bool
  ) throws(Failure) {
    try LibGit2.start()
    handle = try Self.opened(place, path)
    gitFolder = Self.folder(git_repository_path(handle.pointer)) ?? place.gitFolder.real
    commonFolder =
      Self.folder(git_repository_commondir(handle.pointer)) ?? place.commonFolder.real
    if !isNamedByGit { try RepositoryOwner.check(place) }
    ownSettings = try GitSettings.format(of: place)
    try RepositoryFormat.check(ownSettings, place)
    (self.place, self.environment) = (place, environment)
    references = References(gitFolder: gitFolder, commonFolder: commonFolder)
    workTree = try Self.workTree(of: place, ownSettings, environment)
    folder = (workTree ?? gitFolder).string
    try useNoSettings()
    replacements = try Replacements.of(references, place)
    try useOwnDatabase()
  }

  private func useNoSettings() throws(Failure) {
    let none: Handle<ConfigKind> = try make("open") { git_config_new(&$0) }
    try attempt("open") { git_repository_set_config(handle.pointer, none.pointer) }
  }

  private func useOwnDatabase() throws(Failure) {
    let database: Handle<DatabaseKind> = try make("open the object database of") {
      git_odb_new(&$0)
    }
    for objects in objectFolders {
      try readWhole(objects, database)
    }
    try attempt("read the objects of") {
      git_repository_set_odb(handle.pointer, database.pointer)
    }
  }

  /// The folders of objects: the repository's own, and those that git names to a hook.
  private var objectFolders: [FilePath] {
    [commonFolder.appending("objects")] + environment.objectFolders
  }

  /// Adds the packs of a folder of objects, without what it borrows from: libgit2 reads lists of that in ways of its own.
  private func addPacks(of objects: FilePath, to database: borrowing Handle<DatabaseKind>)
    throws(Failure)
  {
    try attempt("read the objects of \(objects.shownSafely) for") {
      objects.withPlatformString { tinyforge_git_add_packs(database.pointer, $0) }
    }
  }

  private func readWhole(_ objects: FilePath, _ database: borrowing Handle<DatabaseKind>)
    throws(Failure)
  {
    try attempt("read the objects of") {
      objects.withPlatformString {
        tinyforge_git_read_whole(database.pointer, $0, replacements, replacements.count / 2)
      }
    }
  }

  /// Looks for objects everywhere from now on; false where it does so already.
  ///
  /// What has failed fails again: an object that is not found may be where it could not be looked for.
  @discardableResult func readPacks() throws(Failure) -> Bool {
    switch packs {
    case .read: return false
    case .failed(let failure): throw failure
    case .unread: break
    }
    packs = .read
    do throws(Failure) {
      try addPacks()
      return true
    } catch {
      packs = .failed(error)
      throw error
    }
  }

  private func addPacks() throws(Failure) {
    let database = try openDatabase()
    for objects in objectFolders { try addPacks(of: objects, to: database) }
    for objects in Alternates.of(objectFolders) {
      try addPacks(of: objects, to: database)
      try readWhole(objects, database)
    }
    try attempt("read the packs of") { tinyforge_git_know_packs(database.pointer) }
  }

  /// The objects that are looked for so far: for ``attempt(_:_:)`` and ``make(_:_:)``, which look further.
  func openDatabase() throws(Failure) -> Handle<DatabaseKind> {
    try make("open the object database of") { git_repository_odb(&$0, handle.pointer) }
  }

  /// Whether an object is here, looked for everywhere only where it is in no file of its own.
  func holds(_ id: inout git_oid) throws(Failure) -> Bool {
    let database = try openDatabase()
    if git_odb_exists(database.pointer, &id) == 1 { return true }
    return try readPacks() && git_odb_exists(database.pointer, &id) == 1
  }

  /// The status of `call`, which is made again where an object may be elsewhere.
  private func status(_ call: () -> Int32) throws(Failure) -> Int32 {
    let status = call()
    guard status == GIT_ENOTFOUND.rawValue, try readPacks() else { return status }
    return call()
  }

  /// Throws where the call of `operation` returned a status below zero.
  func attempt(
    _ operation: @autoclosure () -> String, _ call: () -> Int32
  ) throws(Failure) {
    let status = try status(call)
    if status < 0 { throw failure(GitError.last(status), operation()) }
  }

  /// Owns what the call of `operation` made, or throws.
  func make<Kind: HandleKind>(
    _ operation: @autoclosure () -> String, _ call: (inout OpaquePointer?) -> Int32
  ) throws(Failure) -> Handle<Kind> {
    var pointer: OpaquePointer?
    let status = try status { call(&pointer) }
    guard status >= 0, let pointer else { throw failure(GitError.last(status), operation()) }
    return Handle(pointer: pointer)
  }
}

extension GitRepository {
  /// The failure of `operation`, with what this repository's kind says of a missing object.
  func failure(_ error: GitError, _ operation: String) -> Failure {
    var failure = error.failure(operation, folder)
    if error.isMissingObject, let pack = unreadablePack {
      return Failure(
        .denied, "cannot read \(pack.shownSafely): permission denied",
        remedy: RepositoryOwner.runAsOwner(of: pack))
    }
    if error.isMissingObject {
      failure = Failure(.repository, failure.message, remedy: missingObjectRemedy)
    }
    return failure
  }

  /// A pack that this user may not read, or the folder of packs; libgit2 passes over it.
  private var unreadablePack: FilePath? {
    for objects in objectFolders {
      let folder = objects.appending("pack")
      let packs = References.files(in: folder).map { folder.appending($0) }
      if let denied = ([folder] + packs).first(where: Self.isDenied) { return denied }
    }
    return nil
  }

  private static func isDenied(_ path: FilePath) -> Bool {
    let file = path.withPlatformString { Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    let fault = errno
    if file >= 0 { close(file) }
    return file < 0 && fault == EACCES
  }

  private var missingObjectRemedy: Remedy {
    let place = shellWord(folder)
    if isShallow {
      return "git -C \(place) fetch --unshallow"
    }
    if isPartialClone { return "git -C \(place) fetch --refetch --no-filter" }
    return "git -C \(place) fsck --connectivity-only, then git -C \(place) fetch"
  }

  /// Whether some remote has promised the objects that are not here.
  private var isPartialClone: Bool {
    ownSettings.contains {
      $0.name.hasSameBytes(as: "extensions.partialclone")
        || $0.name.hasSameBytes(as: "remote.origin.promisor")
    }
  }
}
