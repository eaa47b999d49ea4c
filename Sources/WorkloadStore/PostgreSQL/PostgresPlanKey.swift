internal import Files
import Glibc
internal import SystemPackage
import TinyforgeCore

/// The key of the digests in saved plans of a PostgreSQL database: a file of this user, for there is no folder beside
/// the database.
struct PostgresPlanKey {
  private static let size = 32

  /// The file.
  let path: String
  private let isGiven: Bool

  init(_ identity: PostgresIdentity) {
    let given = Self.variable("TINYFORGE_PLAN_KEY_FILE")
    let state =
      Self.variable("XDG_STATE_HOME") ?? "\(Self.variable("HOME") ?? "/")/.local/state"
    let system = identity.system.isEmpty ? "unknown" : identity.system
    isGiven = given != nil
    path =
      given ?? "\(state)/tinyforge-gitops/plan-keys/\(system)-\(identity.database).key"
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }

  /// Reads the key; nil where there is none.
  func read() throws(Failure) -> [UInt8]? {
    do throws(Errno) {
      guard let found = try bytes() else { return nil }
      guard found.count != Self.size else { return found }
    } catch {
      throw failure(error)
    }
    throw Failure(
      .database,
      "the key of saved plans \(path.shownSafely) is damaged: it must have \(Self.size) bytes",
      remedy: "remove it, and make all saved plans again: rm \(shellPath(path))")
  }

  /// Reads the key, and makes it where there is none yet.
  func readOrMake() throws(Failure) -> [UInt8] {
    if let key = try read() { return key }
    if !isGiven { makeFolders() }
    var generator = SystemRandomNumberGenerator()
    let fresh = (0..<Self.size).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
    do throws(AtomicFile.Fault) {
      _ = try AtomicFile(path).create(with: fresh) { _ throws(Errno) in }
    } catch {
      guard case .system(let code) = error else { throw failure(.tooManySymbolicLinkLevels) }
      throw failure(code)
    }
    // Another process may have made one first.
    return try read() ?? fresh
  }

  /// The bytes of a plain file; nil where there is none.
  private func bytes() throws(Errno) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = Errno(rawValue: errno)
      if code == .noSuchFileOrDirectory { return nil }
      throw code
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw .tooManySymbolicLinkLevels
    }
    var buffer = [UInt8](repeating: 0, count: Self.size + 1)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Errno(rawValue: errno) }
    return Array(buffer[..<count])
  }

  /// Makes the folders above the file, for this user alone.
  private func makeFolders() {
    var place = ""
    for part in path.splitAtScalar("/").dropFirst().dropLast() {
      place += "/\(part)"
      mkdir(place, 0o700)
    }
  }

  private func failure(_ error: Errno) -> Failure {
    switch error {
    case .tooManySymbolicLinkLevels, .isDirectory, .notDirectory:
      Failure(
        .denied, "the key of saved plans \(path.shownSafely) exists and is not a regular file",
        remedy: "mv -T \(shellPath(path)) \(shellPath(path + ".aside"))")
    default:
      Failure(
        .denied,
        "the key of saved plans \(path.shownSafely) cannot be read or made by this user (uid \(geteuid()))",
        remedy: "name a file that this user may make: TINYFORGE_PLAN_KEY_FILE=FILE")
    }
  }
}
