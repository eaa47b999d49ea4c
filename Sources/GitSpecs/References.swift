internal import CGit2
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// The references of a repository in files, read as git's `files-backend.c` and `packed-backend.c` read them.
///
/// libgit2 reads old symbolic links as if nothing were at them, and takes lines of `packed-refs` that git refuses.
struct References: Sendable {
  /// The folder of `HEAD`.
  let gitFolder: FilePath
  /// The folder of what all work trees share.
  let commonFolder: FilePath

  /// What a reference holds.
  enum Value {
    case id(git_oid)
    /// The name of another.
    case symbolic(String)
    case missing
  }

  /// As deep as git follows names of names.
  private static let depthLimit = 5
  private static let digits = Int(GIT_OID_HEXSZ)

  /// The id that a reference leads to; nil where it, or what it names, does not exist.
  func target(of name: String) throws(Failure) -> git_oid? {
    var name = name
    for _ in 0...Self.depthLimit {
      guard Self.isValid(name) else { return nil }
      switch try value(of: name) {
      case .id(let id): return id
      case .missing: return nil
      case .symbolic(let other): name = other
      }
    }
    throw malformed(name, "is symbolic over \(Self.depthLimit) deep")
  }

  /// The id that a short name means, by git's order: as it is, a tag, a branch, a branch of a remote.
  func target(ofShort name: String) throws(Failure) -> git_oid? {
    let names = [
      name, "refs/\(name)", "refs/tags/\(name)", "refs/heads/\(name)", "refs/remotes/\(name)",
      "refs/remotes/\(name)/HEAD",
    ]
    var broken: Failure?
    for name in names {
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

  /// What a reference holds, in a file of its own or packed.
  func value(of name: String) throws(Failure) -> Value {
    let path = folder(of: name).pushing(FilePath(name))
    let file = path.withPlatformString {
      open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    }
    if file >= 0 { return try value(of: name, closing: file) }
    switch errno {
    case ENOENT, ENOTDIR: return try packedValue(of: name)
    case ELOOP: return try linkedValue(of: name, path)
    case EACCES:
      throw Failure(
        .denied, "cannot read the reference \(oneLine(path)): permission denied",
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

  private func folder(of name: String) -> FilePath {
    let own = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"]
    let isOwn = !name.startsWithBytes(of: "refs/") || own.contains { name.startsWithBytes(of: $0) }
    return isOwn ? gitFolder : commonFolder
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
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = path.withPlatformString { readlink($0, &buffer, buffer.count - 1) }
    let target =
      count > 0
      ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    if target.startsWithBytes(of: "refs/"), Self.isValid(target) { return .symbolic(target) }
    let file = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { throw malformed(name, "is a link that leads nowhere") }
    return try value(of: name, closing: file)
  }

  // MARK: packed-refs

  private static let packedFault = "git refuses the file "

  private func packedValue(of name: String) throws(Failure) -> Value {
    guard name.startsWithBytes(of: "refs/"), let packed = try packed() else { return .missing }
    let found = Self.line(of: Array(name.utf8), in: packed)
    guard let found else { return .missing }
    guard let id = Self.id(packed[found...]) else { throw packedFailure("an id is malformed") }
    return .id(id)
  }

  /// Where the line of a reference starts: an id, white space and the name.
  private static func line(of name: [UInt8], in packed: [UInt8]) -> Int? {
    line(in: packed) { text, place in
      place.count == name.count && memcmp(text + place.lowerBound, name, name.count) == 0
    }
  }

  /// Where the first line starts whose name, at that place in the text, is wanted.
  private static func line(
    in packed: [UInt8], where wanted: (UnsafeRawPointer, Range<Int>) -> Bool
  ) -> Int? {
    packed.withUnsafeBytes { text in
      var start = 0
      while start < text.count, let base = text.baseAddress,
        let end = memchr(base + start, 10, text.count - start)
      {
        let stop = base.distance(to: UnsafeRawPointer(end))
        let at = start + digits + 1
        if at <= stop, isSpace(text[at - 1]), wanted(base, at..<stop) { return start }
        start = stop + 1
      }
      return nil
    }
  }

  /// The names of local branches.
  func branches() throws(Failure) -> [String] {
    let start = "refs/heads/"
    var names: Set<String> = []
    for line in try (packed() ?? []).split(separator: 10) where line.count > Self.digits + 1 {
      let name = String(decoding: line.dropFirst(Self.digits + 1), as: UTF8.self)
      if name.startsWithBytes(of: start) { names.insert(name) }
    }
    let folder = commonFolder.appending("refs/heads")
    let files = SpecSearch.files(under: folder, entersClones: true) { _ in true }.files
    for file in files { names.insert(start + file.below.string) }
    return names.sorted().map { String(Substring($0.utf8.dropFirst(start.utf8.count))) }
  }

  /// The names of packed references after `start`.
  ///
  /// Hardly any repository has one that is looked for so; only then is the file checked.
  func packedNames(after start: String) throws(Failure) -> [String] {
    let path = commonFolder.appending("packed-refs")
    guard let bytes = try? ConfigurationReader.bytes(of: path, limit: 1 << 30),
      Self.holds(bytes, Array(start.utf8))
    else { return [] }
    return try (packed() ?? []).split(separator: 10).compactMap { line in
      let name = line.dropFirst(Self.digits + 1)
      guard name.starts(with: start.utf8) else { return nil }
      return String(decoding: name.dropFirst(start.utf8.count), as: UTF8.self)
    }
  }

  /// Whether the name in some line begins so.
  private static func holds(_ packed: [UInt8], _ start: [UInt8]) -> Bool {
    line(in: packed) { text, name in
      name.count > start.count && memcmp(text + name.lowerBound, start, start.count) == 0
    } != nil
  }

  /// The bytes of `packed-refs`, as far as git takes them; nil where there is none.
  private func packed() throws(Failure) -> [UInt8]? {
    let path = commonFolder.appending("packed-refs")
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try ConfigurationReader.bytes(of: path, limit: 1 << 30)
    } catch {
      switch error {
      case .noSuchFileOrDirectory: return nil
      case .permissionDenied:
        throw Failure(
          .denied, "cannot read \(oneLine(path)): permission denied",
          remedy: RepositoryOwner.runAsOwner(of: path))
      default: throw packedFailure("\(error)")
      }
    }
    if let fault = Self.fault(in: bytes) { throw packedFailure(fault) }
    return bytes
  }

  /// Why git refuses the whole file; nil where it takes it.
  private static func fault(in bytes: [UInt8]) -> String? {
    guard !bytes.isEmpty else { return nil }
    guard bytes.last == 10 else { return "its last line does not end" }
    var rest = bytes.dropLast()
    if rest.first == UInt8(ascii: "#") {
      let header = rest.prefix { $0 != 10 }
      guard header.starts(with: "# pack-refs with:".utf8) else {
        return "its first line is unknown"
      }
      rest = rest.dropFirst(header.count + 1)
      if String(decoding: header, as: UTF8.self).splitAtScalar(" ").contains("sorted") {
        // Git looks at the last line alone, and at those that it comes by.
        let start = rest.lastIndex(of: 10).map { $0 + 1 } ?? rest.startIndex
        let last = rest[start...]
        let isShort = last.count < digits + 2 && last.first != UInt8(ascii: "^")
        return !rest.isEmpty && isShort ? "its last line is too short" : nil
      }
    }
    let lines = rest.split(separator: 10, omittingEmptySubsequences: false)
    if rest.isEmpty { return nil }
    var isPeeled = false
    for line in lines {
      // What a tag leads to comes after its own line.
      if line.first == UInt8(ascii: "^"), isPeeled { continue }
      if line.count < digits + 2 { return "a line is too short" }
      isPeeled = true
    }
    return nil
  }

  private func packedFailure(_ fault: String) -> Failure {
    let path = commonFolder.appending("packed-refs")
    return Failure(
      .repository, "\(Self.packedFault)\(oneLine(path)): \(fault)",
      remedy: "git -C \(shellWord(commonFolder)) fsck")
  }

  private func malformed(_ name: String, _ fault: String) -> Failure {
    let folder = gitFolder.lastComponent == ".git" ? gitFolder.removingLastComponent() : gitFolder
    return Failure(
      .repository, "the reference \(oneLine(name)) of \(oneLine(folder)) \(fault)",
      remedy: "git -C \(shellWord(folder)) fsck")
  }

  private static func id(_ bytes: ArraySlice<UInt8>) -> git_oid? {
    var id = git_oid()
    let text = String(decoding: bytes.prefix(digits), as: UTF8.self)
    return text.utf8.count == digits && git_oid_fromstr(&id, text) == 0 ? id : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 13
  }
}
