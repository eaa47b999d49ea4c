internal import Glibc
internal import TinyforgeCore

/// Answers of forges on disk, so that a request that was made before costs the forge a 304.
///
/// Private to the user: the folder is of mode 0700, its files of 0600, and what belongs to somebody
/// else is not read. A file's name is a digest of the address and the token, so that answers to
/// different tokens never mix. Nothing that goes wrong here fails a run: then there is no cache.
package struct ResponseCache: Sendable {
  private let folder: String
  /// What must be there already: nobody's home is made up.
  private let base: String

  /// A file of the cache that was not used for as long (in seconds) is removed.
  private static let lifetime: Int64 = 30 * 86_400
  private static let sizeLimit = 2 << 20

  /// The cache of the environment: below `XDG_CACHE_HOME`, else below `HOME`; nil without both.
  ///
  /// Its folder is made when something is kept, in a folder that is there.
  package init?(variable: (String) -> String?) {
    let name = "tinyforge-gitops/http"
    if let caches = variable("XDG_CACHE_HOME"), caches.hasPrefix("/") {
      base = caches
      folder = "\(caches)/\(name)"
    } else if let home = variable("HOME"), home.hasPrefix("/") {
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
    guard let folder = openFolder() else { return nil }
    defer { close(folder) }
    let file = openat(folder, key.name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard Self.isOwn(file, S_IFREG), let bytes = Self.read(file) else { return nil }
    // Tells the cleaning that it was used.
    _ = futimens(file, nil)
    return CachedResponse(file: bytes)
  }

  /// Keeps an answer, in one step.
  func store(_ response: CachedResponse, _ key: Key) {
    makeFolder()
    guard let folder = openFolder() else { return }
    defer { close(folder) }
    let temporary = ".\(key.name).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    let file = openat(
      folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let bytes = response.file
    let isWhole = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count
    close(file)
    if !isWhole || renameat(folder, temporary, folder, key.name) != 0 {
      unlinkat(folder, temporary, 0)
    }
  }

  /// Removes what was not used for long.
  func clean() {
    guard let folder = openFolder(), let listing = fdopendir(folder) else { return }
    defer { closedir(listing) }
    let oldest = Int64(time(nil)) - Self.lifetime
    while let entry = readdir(listing) {
      var status = stat()
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG, Int64(status.st_mtim.tv_sec) < oldest
      else { continue }
      unlinkat(folder, name, 0)
    }
  }

  // MARK: The file system

  private func makeFolder() {
    var path = base
    for segment in folder.dropFirst(base.count).split(separator: "/") {
      path += "/\(segment)"
      mkdir(path, 0o700)
    }
  }

  private func openFolder() -> Int32? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if Self.isOwn(descriptor, S_IFDIR) { return descriptor }
    close(descriptor)
    return nil
  }

  /// Whether it is of that type, ours, and closed to all others.
  private static func isOwn(_ descriptor: Int32, _ type: mode_t) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == type
      && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  private static func read(_ file: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      guard count > 0, bytes.count + count <= sizeLimit else { return nil }
      bytes += chunk[..<count]
    }
  }
}
