import Glibc
import TestSupport
import Testing

/// How often lint-spec opens what it reads, as strace sees it.
@Suite(
  .enabled(
    if: access("/usr/bin/strace", X_OK) == 0, "strace is not installed: ci/setup test installs it"))
struct LintReadingTests {
  /// A place, and the files that are opened in it, each once.
  private static let places: [([String], opened: [String], notOpened: [String])] = [
    ([], [".tinyforge.yml"], ["index", "objects/"]),
    (["."], [".tinyforge.yml"], ["index", "objects/"]),
    ([".tinyforge.yml"], [".tinyforge.yml"], ["index", "objects/"]),
    (["--path", ".tinyforge.yml"], [".tinyforge.yml"], ["index", "objects/"]),
    (["--path", "*.yml"], [".tinyforge.yml"], ["index", "objects/"]),
    (["--staged"], [".git/index", "BLOB"], ["/.tinyforge.yml"]),
    (["--staged", "--path", ".tinyforge.yml"], [".git/index", "BLOB"], ["/.tinyforge.yml"]),
    (["--staged", "--path", "*.yml", "--path", "a/*"], [".git/index", "BLOB"], []),
    (["--rev", "HEAD"], ["BLOB"], ["index", "/.tinyforge.yml"]),
    (["--rev", "HEAD", "--path", "*.yml"], ["BLOB"], ["index"]),
    (["--rev", "HEAD", "--path", ".tinyforge.yml", "--path", "*.yml"], ["BLOB"], ["index"]),
  ]

  @Test(arguments: places) func eachIsOpenedOnce(
    _ place: (arguments: [String], opened: [String], notOpened: [String])
  ) async throws {
    let scratch = try Scratch()
    let root = try scratch.folder("w")
    try await git("init", "-q", in: root)
    try scratch.write("w/.tinyforge.yml", "version: 1\ndeploy:\n  prot: 1\n")
    try await git("add", "-A", in: root)
    // Of --staged, all is new.
    if place.arguments.contains("--rev") { try await git("commit", "-qm", "x", in: root) }
    let blob = try await git("rev-parse", ":.tinyforge.yml", in: root)
    let calls = scratch.file("calls")
    let result = try await run(
      "strace",
      ["-f", "-qq", "-o", calls, "-e", "trace=open,openat", builtTool("lint-spec")]
        + place.arguments, in: root)
    #expect(result.status == 1, "\(result)")
    let opened = String(decoding: try readFile(calls), as: UTF8.self).split(separator: "\n")
      .filter { !$0.contains(" = -1 ") }
    for name in place.opened {
      let name = name.replacing("BLOB", with: "\(blob.prefix(2))/\(blob.dropFirst(2))")
      #expect(opened.count { $0.contains("\(name)\"") } == 1, "\(name): \(opened)")
    }
    for name in place.notOpened { #expect(!opened.contains { $0.contains("\(name)\"") }) }
  }

  /// The bytes that references share are read and held once, however many references hold them.
  @Test func aPushReadsEachContentOnce() async throws {
    let scratch = try Scratch()
    let root = try scratch.folder("w")
    try await git("init", "-q", in: root)
    try scratch.write("w/.tinyforge.yml", "version: 1\ndeploy:\n  prot: 1\n")
    try await git("add", "-A", in: root)
    var lines = ""
    let zeros = String(repeating: "0", count: 40)
    // Commits that differ, with one spec.
    for number in 0..<40 {
      try await git("commit", "-qm", "\(number)", "--allow-empty", in: root)
      let head = try await git("rev-parse", "HEAD", in: root)
      lines += "\(zeros) \(head) refs/heads/b\(number)\n"
    }
    try await git("checkout", "-q", "--detach", in: root)
    try await git("branch", "-qD", "main", in: root)
    let blob = try await git("rev-parse", ":.tinyforge.yml", in: root)
    let calls = scratch.file("calls")
    let result = try await run(
      "strace",
      ["-f", "-qq", "-o", calls, "-e", "trace=openat", builtTool("lint-spec"), "--receive"],
      in: root, input: lines)
    #expect(result.status == 1 && result.error == "1 error in 1 file\n", "\(result)")
    #expect(result.output.contains("and 34 more"))
    let opened = String(decoding: try readFile(calls), as: UTF8.self).split(separator: "\n")
    #expect(opened.count { $0.contains("\(blob.dropFirst(2))\"") } == 1)
  }
}
