import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

/// What the search passes over, compared with what git ignores.
@Suite(.ownTime, .hangLimit) struct IgnoreTests {
  /// The files of a work tree that git would add.
  private func listed(_ folder: String, _ environment: [String: String] = [:]) async throws
    -> [String]
  {
    let output = try await mustRun(
      "git", ["ls-files", "-z", "--others", "--exclude-standard"], in: folder,
      environment: environment)
    return output.split(separator: "\0").map(String.init).sorted()
  }

  private func found(_ folder: String) -> [String] {
    SpecSearch.files(under: FilePath(folder)) { _ in true }.files.map(\.below.string).sorted()
  }

  static let names = ["a", "b", "ab", "abc", "A", "a.b", "[a]", "x y", "x ", "ö", "-", "]", "\\"]
  static let pieces = [
    "a", "b", "ab", "c", "*", "**", "?", "/", "/", "/", "[ab]", "[!a]", "[^b]", "[a-c]", "[]]",
    "[]-a]",
    "[[:alpha:]]", "[[:upper:]]", "[[:nope:]]", "[a", "\\a", "\\*", "\\", " ", "\\ ", "!", "#", ".",
    "*.b",
    "a**", "**b", "a/", "/a", "**/", "/**", "/**/", "ö", "\t", "[\\]]", "[a-]", "[[:space:]x]",
    "\r",
  ]

  /// Random trees with random ignore files in several folders.
  @Test(arguments: 0..<40)
  func whatGitIgnoresIsPassedOver(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    for _ in 0..<60 {
      let path = (0..<Int.random(in: 1...4, using: &generator))
        .map { _ in Self.names.randomElement(using: &generator) ?? "a" }.joined(separator: "/")
      _ = try? scratch.write(path, "x")
    }
    for place in ["", "a/", "a/b/", "ab/", "b/"] where Bool.random(using: &generator) || place == ""
    {
      let lines = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        (0..<Int.random(in: 1...6, using: &generator))
          .map { _ in Self.pieces.randomElement(using: &generator) ?? "a" }.joined()
      }
      _ = try? scratch.write("\(place).gitignore", lines.joined(separator: "\n") + "\n")
    }
    if seed % 3 == 0 { try await git("config", "core.ignoreCase", "true", in: scratch.path) }
    #expect(found(scratch.path) == (try await listed(scratch.path)))
    // From a folder within, which may be ignored itself.
    for folder in ["a", "a/b", "b"] {
      let whole = scratch.file(folder)
      guard SpecSearch.isFolder(FilePath(whole)) else { continue }
      #expect(found(whole) == (try await listed(whole)), "\(folder)")
    }
  }

  static let forms: [(String, [UInt8])] = [
    ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("a\n".utf8)),
    ("CRLF", Array("a\r\nb\r\n".utf8)),
    ("no line break at the end", Array("a".utf8)), ("a NUL", Array("a\0b\nab\n".utf8)),
    ("bytes that are no UTF-8", [0xFF, 10, 0x61, 10]), ("nothing", []),
  ]

  @Test(arguments: forms)
  func anyFormOfFile(_ name: String, _ bytes: [UInt8]) async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    for name in ["a", "b", "ab", "c/a"] { try scratch.write(name, "x") }
    try scratch.write(".gitignore", bytes)
    #expect(found(scratch.path) == (try await listed(scratch.path)), "\(name)")
  }

  /// Git's other ignore files, and what it does not follow.
  @Test func otherPlaces() async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    for name in ["a", "b", "c", "d/a", "d/e"] { try scratch.write(name, "x") }
    try scratch.write(".git/info/exclude", "a\n")
    try scratch.write(".git/mine", "b\n!a\n")
    try await mustRun("ln", ["-s", "../.git/mine", scratch.file("d/.gitignore")])
    #expect(found(scratch.path) == (try await listed(scratch.path)))
    try await git("config", "core.excludesFile", scratch.file(".git/mine"), in: scratch.path)
    #expect(found(scratch.path) == (try await listed(scratch.path)))
    // A linked work tree shares the repository's own file.
    try await git("commit", "-q", "--allow-empty", "-m", "x", in: scratch.path)
    try await git("worktree", "add", "-q", "tree", in: scratch.path)
    try scratch.write("tree/a", "x")
    try scratch.write("tree/z", "x")
    let tree = scratch.file("tree")
    #expect(found(tree).filter { $0 != ".git" } == (try await listed(tree)))
  }

  /// Git takes hours for such a pattern; here it costs its length times that of the path.
  @Test func manyStarsAreNoBurden() async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    let stars = String(repeating: "**/a", count: 60) + "/b"
    try scratch.write(".gitignore", "\(stars)\n" + String(repeating: "*a", count: 60) + "b\n")
    let deep = String(repeating: "a/", count: 120) + String(repeating: "a", count: 200)
    try scratch.write(deep, "x")
    try scratch.write("z", "x")
    #expect(found(scratch.path) == [".gitignore", deep, "z"])
  }
}
