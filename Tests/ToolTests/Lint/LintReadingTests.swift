import Glibc
import TestSupport
import Testing

/// How often lint-spec opens what it reads, as strace sees it.
@Suite(
  .ownTime, .hangLimit,
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

  /// A push of many references, each based on a commit of its own: what they are based on is read once, not once a
  /// reference.
  @Test func basesOfManyReferences() async throws {
    let scratch = try Scratch()
    let root = try scratch.folder("shop.git")
    try await git("init", "-q", "--bare", in: root)
    try await git("config", "fastimport.unpackLimit", "100000", in: root)
    try await mustRun("git", ["fast-import", "--quiet"], in: root, input: Self.history(of: 20))
    let lines = try await git(
      "for-each-ref", "--format=\(String(repeating: "0", count: 40)) %(objectname) %(refname)",
      "refs/heads/new*", in: root)
    let folder = try await git("rev-parse", "old7:a", in: root)
    try await mustRun("sh", ["-c", "rm refs/heads/new*"], in: root)
    let calls = scratch.file("calls")
    let result = try await run(
      "strace",
      ["-f", "-qq", "-o", calls, "-e", "trace=openat", builtTool("lint-spec"), "--receive"],
      in: root, input: lines + "\n")
    #expect(result.status == 1 && result.error == "20 errors in 20 files\n", "\(result)")
    let opened = String(decoding: try readFile(calls), as: UTF8.self).split(separator: "\n")
    #expect(opened.count { $0.contains("\(folder.dropFirst(2))\"") } == 1)
  }

  /// Branches `old1`, `old2`, … that share nothing, and on each a branch `new1`, … with a faulty spec in the folder `a`.
  ///
  /// The folder is so large that libgit2 does not keep its tree.
  private static func history(of count: Int) -> String {
    let others = (0..<150).map { "M 100644 inline a/neighbour\($0)\ndata 0\n\n" }.joined()
    return (1...count).map { number in
      let spec = "version: 1\ndeploy:\n  prot: \(number)\n"
      let head = "committer a <a@example.org> 1700000000 +0000\ndata 0\n"
      return """
        commit refs/heads/old\(number)
        \(head)\(others)M 100644 inline a/number
        data \(String(number).utf8.count)
        \(number)
        commit refs/heads/new\(number)
        \(head)from refs/heads/old\(number)
        M 100644 inline a/.tinyforge.yml
        data \(spec.utf8.count)
        \(spec)

        """
    }.joined()
  }
}
