internal import SystemPackage
import TinyforgeCore

/// The key of the digests in saved plans: a file beside a database's locks.
///
/// Without it a secret cannot be guessed from a plan. It is its owner's alone, or for the group to read as well
/// where the group may write the database, and so read all secrets anyway.
enum PlanKey {
  private static let name = "plan.key"
  private static let size = 32

  /// Where the key is.
  static func path(database: String) -> String { "\(LockPlace.path(database: database))/\(name)" }

  /// Reads the key; nil where there is none.
  static func read(database: String) throws(Failure) -> [UInt8]? {
    guard let folder = try LockFolder.lookingAt(database: database) else { return nil }
    return try read(in: folder)
  }

  /// Reads the key, and makes it where there is none yet.
  static func readOrMake(database: String) throws(Failure) -> [UInt8] {
    if let key = try read(database: database) { return key }
    let folder = try LockFolder.open(database: database)
    var generator = SystemRandomNumberGenerator()
    let fresh = (0..<size).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
    do throws(Errno) {
      _ = try folder.newFile(name, with: fresh, mode: folder.owner.keyMode)
    } catch {
      throw failure(folder, error)
    }
    // Another process may have made one first.
    return try read(in: folder) ?? fresh
  }

  private static func read(in folder: LockFolder) throws(Failure) -> [UInt8]? {
    let found: [UInt8]?
    do throws(Errno) {
      found = try folder.read(name, limit: size + 1)
    } catch {
      throw failure(folder, error)
    }
    guard let found, found.count != size else { return found }
    let path = "\(folder.path)/\(name)"
    throw Failure(
      .database,
      "the key of saved plans \(path.shownSafely) is damaged: it must have \(size) bytes",
      remedy: "remove it, and make all saved plans again: rm \(shellPath(path))")
  }

  private static func failure(_ folder: LockFolder, _ error: Errno) -> Failure {
    LockFault(path: "\(folder.path)/\(name)", kind: .key, error: error).failure
  }
}
