internal import CPosix
internal import Files
internal import Glibc
package import SystemPackage
package import TinyforgeCore

/// The working tree's file, without starting libgit2.
package enum WorkTreeFile {
  /// Reads the file, or returns what is at the path instead.
  ///
  /// What the path is decides before any content, and is asked again of the open file, so that
  /// nothing can be swapped in between. Throws `.denied` or `.io` where it cannot be read, or where
  /// it goes on changing while it is read. A file that was seen a moment ago in its folder, as a
  /// regular one, `isKnown`: the first of the two questions is answered.
  package static func read(_ file: FilePath, isKnown: Bool = false) throws(Failure)
    -> SpecSnapshot.Content
  {
    do throws(Errno) {
      if !isKnown, let obstacle = obstacle(try Stat(file, followTargetSymlink: false)) {
        return .refused(obstacle)
      }
      for _ in 0..<Self.attempts {
        if let content = try readOpened(file) { return content }
      }
    } catch {
      return try verdict(error, file)
    }
    throw Failure(
      .io, "\(file.shownSafely) changes while it is read",
      remedy: "run again when its writer is done")
  }

  /// How often a file is read that changes meanwhile.
  private static let attempts = 10

  /// What the file holds; nil where it changed meanwhile, and half of a spec may have been read.
  ///
  /// A FIFO that slipped in must not block, nor a link be followed, nor a child inherit the file.
  private static func readOpened(_ file: FilePath) throws(Errno) -> SpecSnapshot.Content? {
    let descriptor = try opened(file)
    defer { try? descriptor.close() }
    let before = try Stat(descriptor)
    if let obstacle = obstacle(before) { return .refused(obstacle) }
    let bytes = try contents(descriptor, size: Int(before.size))
    let after = try Stat(descriptor)
    let isSame =
      before.size == after.size && before.st_mtim.tv_sec == after.st_mtim.tv_sec
      && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec
    return isSame ? .judged(bytes) : nil
  }

  private static func opened(_ file: FilePath) throws(Errno) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        file, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// Reads as much as the file was said to hold.
  ///
  /// Files of `/proc` are said to be empty: of those one byte past the cap.
  static func contents(_ descriptor: FileDescriptor, size: Int) throws(Errno) -> [UInt8] {
    try descriptor.contents(upTo: size > 0 ? size : SpecObstacle.sizeLimit + 1)
  }

  /// What the kind and the size alone decide; nil for a file that may be read.
  private static func obstacle(_ status: Stat) -> SpecObstacle? {
    switch status.type {
    case .symbolicLink: .symbolicLink
    case .directory: .directory
    case .regular:
      status.size > SpecObstacle.sizeLimit ? .tooLarge(Int(status.size)) : nil
    default: .specialFile
    }
  }

  private static func verdict(_ error: Errno, _ path: FilePath) throws(Failure)
    -> SpecSnapshot.Content
  {
    let shown = path.shownSafely
    switch error {
    case .noSuchFileOrDirectory, .notDirectory: return .absent("there is no file \(shown)")
    case .tooManySymbolicLinkLevels: return .refused(.symbolicLink)
    // A socket cannot be opened at all.
    case .noSuchAddressOrDevice: return .refused(.specialFile)
    case .permissionDenied, .notPermitted:
      throw Failure(
        .denied, "cannot read \(shown): \(error)", remedy: "ls -l \(shellWord(path))")
    default:
      throw Failure(.io, "cannot read \(shown): \(error)")
    }
  }
}
