internal import Files
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Answers of forges on disk, so that a request that was made before costs the forge a 304.
///
/// Private to the user: the folder is of mode 0700, its files of 0600, and what belongs to someone
/// else is not read. A file's name is a digest of the address and the token, so that answers to
/// different tokens never mix. Every folder is opened through the one before, so that none can be exchanged on the way.
/// No fault of the cache fails a run: then there is none.
package struct ResponseCache: Sendable {
  private let folder: String
  /// What must exist already: a home directory is not created.
  private let base: String

  /// A file of the cache that was not used for as long (in seconds) is removed.
  private static let lifetime: Int64 = 30 * 86_400
  private static let sizeLimit = 2 << 20

  /// The cache of the environment: below `XDG_CACHE_HOME`, else below `HOME`; nil without both.
  ///
  /// Its folder is made when something is kept, in a folder that is there.
  package init?(variable: (String) -> String?) {
    let name = "tinyforge-gitops/http"
    if let caches = variable("XDG_CACHE_HOME"), caches.startsWithBytes(of: "/") {
      base = caches
      folder = "\(caches)/\(name)"
    } else if let home = variable("HOME"), home.startsWithBytes(of: "/") {
      base = home
      folder = "\(home)/.cache/\(name)"
    } else {
      return nil
    }
  }

  /// What an answer is found by.
  struct Key: Sendable {
    fileprivate let name: String

    init(_ request: HTTPRequest) {
      let accept = request.headers.filter { $0.name == "Accept" }.map(\.value).joined()
      let text = "\(request.method.rawValue)\0\(request.url.text)\0\(accept)\0"
      name = HexDigest.sha256(
        Array(text.utf8) + (request.authorization?.token.secretBytes ?? []))
    }
  }

  /// The answer that was kept; nil where there is none that can be trusted.
  func load(_ key: Key) -> CachedResponse? {
    guard let folder = openFolder(making: false), let file = try? folder.open(key.name, O_RDONLY)
    else { return nil }
    defer { try? file.close() }
    guard let status = try? Stat.of(file), status.type == .regular, Self.isPrivate(status),
      let bytes = Self.read(file)
    else { return nil }
    // Tells the cleaning that it was used.
    _ = futimens(file.rawValue, nil)
    return CachedResponse(file: bytes)
  }

  /// Keeps an answer, in one step.
  func store(_ response: CachedResponse, _ key: Key) {
    guard let folder = openFolder(making: true) else { return }
    try? AtomicFile(key.name, in: folder).replace(
      with: response.file, access: .owner, isDurable: false)
  }

  /// Removes what was not used for long.
  func clean() {
    guard let folder = openFolder(making: false), let names = try? folder.names() else { return }
    let oldest = Int64(time(nil)) - Self.lifetime
    for name in names {
      guard let status = try? folder.status(of: name), status.type == .regular,
        Int64(status.st_mtim.tv_sec) < oldest
      else { continue }
      folder.remove(name)
    }
  }

  // MARK: The file system

  /// The cache's folder; nil where it is not there, or not this user's alone.
  private func openFolder(making: Bool) -> Folder? {
    // In another account's home nothing is made: it would keep that account out of its own cache.
    guard var current = try? PathWalk.folder(at: base), Self.isOwnOrTheSystems(current) else {
      return nil
    }
    var place = base
    for segment in folder.dropFirst(base.count).splitAtScalar("/", omittingEmpty: true) {
      place += "/\(segment)"
      guard let next = Self.open(String(segment), in: current, place, making: making) else {
        return nil
      }
      current = next
    }
    return (try? current.status()).map(Self.isPrivate) == true ? current : nil
  }

  /// Opens a folder of this user's; a link to one, such as `~/.cache` to a larger disk, where it can be trusted.
  private static func open(_ name: String, in folder: Folder, _ path: String, making: Bool)
    -> Folder?
  {
    if making, (try? folder.status(of: name)) == nil { try? folder.makeFolder(name, mode: 0o700) }
    guard let next = (try? folder.folder(name)) ?? (try? PathWalk.folder(at: path)),
      let status = try? next.status(), status.userID.rawValue == geteuid()
    else { return nil }
    return next
  }

  private static func isOwnOrTheSystems(_ folder: Folder) -> Bool {
    guard let owner = try? folder.status().userID.rawValue else { return false }
    return owner == geteuid() || owner == 0
  }

  /// Whether it is ours, and closed to all others.
  private static func isPrivate(_ status: Stat) -> Bool {
    status.userID.rawValue == geteuid() && status.permissions.rawValue & 0o077 == 0
  }

  private static func read(_ file: FileDescriptor) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      guard let count = try? chunk.withUnsafeMutableBytes({ try file.read(into: $0) }) else {
        return nil
      }
      if count == 0 { return bytes }
      guard bytes.count + count <= sizeLimit else { return nil }
      bytes += chunk[..<count]
    }
  }
}
