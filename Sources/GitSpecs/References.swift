internal import CGit2
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// The references of a repository in files, read as git's `files-backend.c` and `packed-backend.c` read them.
///
/// libgit2 reads old symbolic links as if nothing were at them, and takes lines of `packed-refs` that git refuses.
struct References {
  /// The folder of `HEAD`.
  let gitFolder: FilePath
  /// The folder of what all work trees share.
  let commonFolder: FilePath
  private let packedFile: PackedFile

  init(gitFolder: FilePath, commonFolder: FilePath) {
    (self.gitFolder, self.commonFolder) = (gitFolder, commonFolder)
    packedFile = PackedFile(commonFolder.appending("packed-refs"))
  }

  /// What a reference holds.
  enum Value {
    case id(git_oid)
    /// The name of another.
    case symbolic(String)
    case missing
  }

  /// As many references as git reads to find one that is not symbolic.
  private static let depthLimit = 5
  static let digits = Int(GIT_OID_HEXSZ)

  /// The id that a reference leads to; nil where it, or what it names, does not exist.
  func target(of name: String) throws(Failure) -> git_oid? { try resolved(name)?.id }

  /// The reference that one leads to, with its id; nil where it, or what it names, does not exist.
  func resolved(_ name: String) throws(Failure) -> (name: String, id: git_oid)? {
    var name = name
    for _ in 0..<Self.depthLimit {
      guard Self.isValid(name) else { return nil }
      switch try value(of: name) {
      case .id(let id): return (name, id)
      case .missing: return nil
      case .symbolic(let other): name = other
      }
    }
    throw malformed(name, "leads through \(Self.depthLimit) symbolic ones")
  }

  /// The id that a short name means, by git's order: as it is, a tag, a branch, a branch of a remote.
  func target(ofShort name: String) throws(Failure) -> git_oid? {
    var broken: Failure?
    for name in Self.names(ofShort: name) {
      do throws(Failure) {
        if let id = try target(of: name) { return id }
      } catch {
        if error.message.utf8.starts(with: Self.packedFault.utf8) { throw error }
        broken = name.utf8.contains(UInt8(ascii: "/")) ? broken ?? error : broken
      }
    }
    if let broken { throw broken }
    return nil
  }

  /// The full names that a short name can mean, in git's order.
  static func names(ofShort name: String) -> [String] {
    [
      name, "refs/\(name)", "refs/tags/\(name)", "refs/heads/\(name)", "refs/remotes/\(name)",
      "refs/remotes/\(name)/HEAD",
    ]
  }

  /// What a reference holds, in a file of its own or packed.
  func value(of name: String) throws(Failure) -> Value {
    let path = file(of: name)
    let file = path.withPlatformString {
      open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    }
    if file >= 0 { return try value(of: name, closing: file) }
    switch errno {
    case ENOENT, ENOTDIR: return try packedValue(of: name)
    case ELOOP: return try linkedValue(of: name, path)
    case EACCES:
      throw Failure(
        .denied, "cannot read the reference \(path.shownSafely): permission denied",
        remedy: RepositoryOwner.runAsOwner(of: path))
    default: throw malformed(name, "cannot be opened")
    }
  }

  /// Whether a reference may be called so.
  static func isValid(_ name: String) -> Bool {
    var isValid: Int32 = 0
    // libgit2 would take several slashes for one, which git does not.
    return !name.utf8.contains(0) && !name.unicodeScalars.isEmpty
      && git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
  }

  /// The file of a reference, or of its log, as `files_ref_path` and `files_reflog_path` of git name it.
  func file(of name: String, in folder: FilePath = "") -> FilePath {
    let main = "main-worktree/"
    let rest = String(Substring(name.utf8.dropFirst(main.utf8.count)))
    if name.startsWithBytes(of: main), Self.isOwn(rest) {
      return commonFolder.pushing(folder).pushing(FilePath(rest))
    }
    return (Self.isOwn(name) ? gitFolder : commonFolder).pushing(folder).pushing(FilePath(name))
  }

  /// Whether each work tree has a reference of this name.
  private static func isOwn(_ name: String) -> Bool {
    ["refs/bisect/", "refs/worktree/", "refs/rewritten/"].contains { name.startsWithBytes(of: $0) }
      || name.utf8.allSatisfy { (65...90).contains($0) || "-_".utf8.contains($0) }
  }

  private func value(of name: String, closing file: Int32) throws(Failure) -> Value {
    defer { close(file) }
    var isFolder = false
    var bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      let got = read(file, buffer.baseAddress, buffer.count)
      isFolder = got < 0 && errno == EISDIR
      count = max(0, got)
    }
    // As of a branch that is called `NAME/x`.
    if isFolder { return try packedValue(of: name) }
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
    if bytes.starts(with: "ref:".utf8) {
      let named = bytes.dropFirst(4).drop(while: Self.isSpace)
      return .symbolic(String(decoding: named, as: UTF8.self))
    }
    guard let id = Self.id(bytes[...]),
      bytes.count == Self.digits || Self.isSpace(bytes[Self.digits])
    else { throw malformed(name, "is malformed") }
    return .id(id)
  }

  /// A link to a path that begins with `refs/` is what git once wrote for `ref:`; another is followed.
  private func linkedValue(of name: String, _ path: FilePath) throws(Failure) -> Value {
    let target = WorkTreeFile.target(ofLink: path)?.string ?? ""
    if target.startsWithBytes(of: "refs/"), Self.isValid(target) { return .symbolic(target) }
    let file = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { throw malformed(name, "is a link that leads nowhere") }
    return try value(of: name, closing: file)
  }

  // MARK: packed-refs

  private static let packedFault = "git refuses the file "

  private func packedValue(of name: String) throws(Failure) -> Value {
    guard name.startsWithBytes(of: "refs/"), let line = try packed()?.line(of: Array(name.utf8))
    else { return .missing }
    guard let id = Self.id(line) else { throw packedFailure("an id is malformed") }
    return .id(id)
  }

  /// The names of local branches.
  func branches() throws(Failure) -> [String] {
    let start = "refs/heads/"
    var names = Set(try packedNames(after: start))
    let folder = commonFolder.appending("refs/heads")
    let files = SpecSearch.files(under: folder, entersClones: true) { _ in true }.files
    for file in files { names.insert(file.below.string) }
    return names.sorted()
  }

  /// What follows `start` in the names of packed references.
  ///
  /// Hardly any repository has one that is looked for so; only then is the file taken apart.
  func packedNames(after start: String) throws(Failure) -> [String] {
    guard let bytes = try? packedBytes(), Self.holds(bytes, Array(start.utf8)) else { return [] }
    let names = try packed(bytes).names.filter { $0.starts(with: start.utf8) }
    return names.map { String(decoding: $0.dropFirst(start.utf8.count), as: UTF8.self) }
  }

  /// Whether the name in some line begins so.
  private static func holds(_ packed: [UInt8], _ start: [UInt8]) -> Bool {
    packed.withUnsafeBytes { text in
      var at = 0
      while at < text.count, let base = text.baseAddress,
        let end = memchr(base + at, 10, text.count - at)
      {
        let stop = base.distance(to: UnsafeRawPointer(end))
        let name = at + digits + 1
        if stop - name > start.count, memcmp(base + name, start, start.count) == 0 { return true }
        at = stop + 1
      }
      return false
    }
  }

  /// The lines of `packed-refs`; nil where there is none.
  private func packed() throws(Failure) -> PackedReferences? {
    guard let bytes = try packedBytes() else { return nil }
    return try packed(bytes)
  }

  private func packed(_ bytes: [UInt8]) throws(Failure) -> PackedReferences {
    do throws(PackedReferences.Fault) {
      return try PackedReferences(bytes, digits: Self.digits)
    } catch { throw packedFailure(error.text) }
  }

  private func packedBytes() throws(Failure) -> [UInt8]? {
    do throws(Errno) {
      return try packedFile.bytes()
    } catch {
      switch error {
      case .noSuchFileOrDirectory: return nil
      case .permissionDenied:
        throw Failure(
          .denied, "cannot read \(packedFile.path.shownSafely): permission denied",
          remedy: RepositoryOwner.runAsOwner(of: packedFile.path))
      default: throw packedFailure("\(error)")
      }
    }
  }

  private func packedFailure(_ fault: String) -> Failure {
    Failure(
      .repository, "\(Self.packedFault)\(packedFile.path.shownSafely): \(fault)",
      remedy: "git -C \(shellWord(commonFolder)) fsck")
  }

  private func malformed(_ name: String, _ fault: String) -> Failure {
    let folder = gitFolder.lastComponent == ".git" ? gitFolder.removingLastComponent() : gitFolder
    return Failure(
      .repository, "the reference \(name.shownSafely) of \(folder.shownSafely) \(fault)",
      remedy: "git -C \(shellWord(folder)) fsck")
  }

  static func id(_ bytes: ArraySlice<UInt8>) -> git_oid? {
    var id = git_oid()
    let text = String(decoding: bytes.prefix(digits), as: UTF8.self)
    return text.utf8.count == digits && git_oid_fromstr(&id, text) == 0 ? id : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 13
  }
}
