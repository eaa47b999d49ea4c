internal import Glibc
package import SystemPackage

/// A file that is replaced as a whole: at every moment others see all of the old bytes or all of the new ones.
///
/// Everything is done by name in the folder that was opened first (``Folder``).
package struct AtomicFile: Sendable {
  /// Why a file was not replaced; nothing has changed then.
  package enum Fault: Error, Sendable, Equatable {
    case system(Errno)
    /// That link is on the way to it, and not followed.
    case link(String)
    /// It is there, and is not a regular file.
    case notRegular
    /// It has several names, of which only one would be replaced.
    case severalNames
    /// It is not, or no longer, the file that was to be replaced.
    case changed

    init(_ fault: PathWalk.Fault) {
      switch fault {
      case .system(let error): self = .system(error)
      case .link(let link): self = .link(link)
      }
    }
  }

  /// Who may do what with the new file.
  package enum Access: Sendable {
    /// Its owner alone.
    case owner
    /// As the file that is there, else its owner alone.
    case asBefore
    /// As the file that is there, else as the umask lets others read.
    case asBeforeOrUmask
  }

  /// The directory that holds the file.
  package let folder: Folder
  /// The file's name in that directory, without a slash.
  package let name: String

  /// Opens the folder of a file, which need not be there yet.
  package init(_ path: String, links: PathWalk.Links = .trusted) throws(Fault) {
    do throws(PathWalk.Fault) {
      (folder, name) = try PathWalk.parent(of: path, links: links)
    } catch {
      throw Fault(error)
    }
  }

  /// The same, whatever bytes the path of the folder has.
  package init(_ path: FilePath) throws(Fault) {
    do throws(PathWalk.Fault) {
      (folder, name) = try PathWalk.parent(of: path)
    } catch {
      throw Fault(error)
    }
  }

  /// The file of that name in an open folder.
  package init(_ name: String, in folder: Folder) {
    self.folder = folder
    self.name = name
  }

  /// The status of what has the name now; nil where nothing has.
  package func status() throws(Fault) -> Stat? {
    do {
      return try folder.status(of: name)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw .system(error)
    }
  }

  /// Puts new bytes in the file's place, or makes the file; `isDurable` waits for the disk.
  ///
  /// Refuses what is there and not a regular file: replacing a link or a device is never intended.
  package func replace(with bytes: [UInt8], access: Access, isDurable: Bool = true) throws(Fault) {
    try replace(access: access, isDurable: isDurable) { (file) throws(Errno) in
      try file.write(all: bytes)
    }
  }

  /// The same with what `write` writes.
  package func replace(
    access: Access, isDurable: Bool = true, writing write: (FileDescriptor) throws(Errno) -> Void
  ) throws(Fault) {
    let before = try status()
    guard before.map({ $0.type == .regular }) ?? true else { throw .notRegular }
    let mode: mode_t = access == .asBeforeOrUmask ? 0o666 : 0o600
    try withTemporary(mode: mode) { (temporary, descriptor) throws(Errno) in
      try write(descriptor)
      if let before, access != .owner {
        try descriptor.setMode(before.permissions.rawValue & 0o777)
      }
      if isDurable { try descriptor.sync() }
      try folder.rename(temporary, to: name)
    }
    if isDurable { folder.sync() }
  }

  /// Adds bytes at the end of the file, and makes it where it is not there yet.
  ///
  /// Refuses a file that has several names: another account may have given it one of them.
  package func append(_ bytes: [UInt8]) throws(Fault) {
    var isPlain = true
    do throws(Errno) {
      let descriptor = try folder.open(name, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
      defer { try? descriptor.close() }
      let status = try Stat.of(descriptor)
      isPlain = status.type != .regular || status.linkCount <= 1
      if isPlain { try descriptor.write(all: bytes) }
    } catch {
      throw error == .tooManySymbolicLinkLevels ? .notRegular : .system(error)
    }
    guard isPlain else { throw .severalNames }
  }

  /// Makes the file where nothing has its name yet, with all of its bytes from the start; returns false where
  /// something has it.
  ///
  /// `adopt` prepares the new file before others can see it.
  package func create(
    with bytes: [UInt8], adopt: (FileDescriptor) throws(Errno) -> Void
  ) throws(Fault) -> Bool {
    var isFree = true
    try withTemporary(mode: 0o600) { (temporary, descriptor) throws(Errno) in
      try descriptor.write(all: bytes)
      try adopt(descriptor)
      if !bytes.isEmpty { try descriptor.sync() }
      isFree = try folder.renameIfFree(temporary, to: name)
      if !isFree { folder.remove(temporary) }
    }
    return isFree
  }

  /// Puts new bytes in the place of the file `old`, with its owner and mode, if `isOld` says of its open
  /// descriptor that it still is as it was.
  package func exchange(
    _ old: Stat, with bytes: [UInt8], isOld: (FileDescriptor) throws(Errno) -> Bool
  ) throws(Fault) {
    guard try holds(old, name, isOld) else { throw .changed }
    var isKept = true
    try withTemporary(mode: 0o600) { (temporary, descriptor) throws(Errno) in
      try descriptor.write(all: bytes)
      try descriptor.setOwnerAndMode(like: old)
      try descriptor.sync()
      guard try folder.exchange(temporary, name) else {
        // A file system that cannot exchange: what is saved in this very moment is lost.
        return try folder.rename(temporary, to: name)
      }
      isKept = (try? holds(old, temporary, isOld)) == true
      if !isKept { _ = try? folder.exchange(temporary, name) }
      folder.remove(temporary)
    }
    guard isKept else { throw .changed }
    folder.sync()
  }

  private func holds(
    _ old: Stat, _ name: String, _ isOld: (FileDescriptor) throws(Errno) -> Bool
  ) throws(Fault) -> Bool {
    do throws(Errno) {
      let descriptor = try folder.open(name, O_RDONLY)
      defer { try? descriptor.close() }
      let now = try Stat.of(descriptor)
      let isSame = now.isSameFile(as: old) && now.mode == old.mode && now.linkCount == 1
      return isSame ? try isOld(descriptor) : false
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .tooManySymbolicLinkLevels, .isDirectory: return false
      default: throw .system(error)
      }
    }
  }

  /// Makes a file of another name, which is removed again if `body` throws.
  private func withTemporary(
    mode: mode_t, _ body: (String, FileDescriptor) throws(Errno) -> Void
  ) throws(Fault) {
    let temporary = Folder.temporaryName()
    do throws(Errno) {
      let descriptor = try folder.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
      defer { try? descriptor.close() }
      do throws(Errno) {
        try body(temporary, descriptor)
      } catch {
        folder.remove(temporary)
        throw error
      }
    } catch {
      throw .system(error)
    }
  }
}

extension FileDescriptor {
  /// Writes all of the bytes.
  package func write(all bytes: [UInt8]) throws(Errno) {
    do { _ = try writeAll(bytes) } catch { throw error as? Errno ?? .ioError }
  }

  fileprivate func setMode(_ mode: mode_t) throws(Errno) {
    guard fchmod(rawValue, mode) == 0 else { throw Errno(rawValue: errno) }
  }

  /// The owner first: a change of owner takes special bits of the mode away.
  fileprivate func setOwnerAndMode(like old: Stat) throws(Errno) {
    let own = try Stat.of(self)
    if own.userID != old.userID || own.groupID != old.groupID {
      guard fchown(rawValue, old.userID.rawValue, old.groupID.rawValue) == 0 else {
        throw Errno(rawValue: errno)
      }
    }
    try setMode(old.permissions.rawValue)
  }

  fileprivate func sync() throws(Errno) {
    guard fsync(rawValue) == 0 else { throw Errno(rawValue: errno) }
  }
}
