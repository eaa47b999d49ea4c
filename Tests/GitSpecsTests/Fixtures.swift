import GitSpecs
import Glibc
import TestSupport
import TinyforgeCore

/// A spec that declares `port`.
func spec(_ port: Int) -> String { "version: 1\ndeploy:\n  port: \(port)\n" }

extension SpecSnapshot {
  /// The file's bytes as text, nil where there is no file.
  var text: String? {
    if case .file(let bytes) = content { return String(decoding: bytes, as: UTF8.self) }
    return nil
  }

  var obstacle: SpecObstacle? {
    if case .refused(let obstacle) = content { return obstacle }
    return nil
  }

  /// The message for an absent file; nil if something is at the path.
  var absence: String? {
    if case .absent(let text) = content { return text }
    return nil
  }
}

/// A temporary folder with a repository named `repo` in it.
struct Fixture {
  let scratch: Scratch
  let repo: String

  init() async throws {
    scratch = try Scratch()
    repo = try scratch.folder("repo")
    try await git("init", "-q", in: repo)
  }

  func write(_ path: String, _ text: String) throws {
    try scratch.write("repo/\(path)", text)
  }

  @discardableResult
  func commit(_ message: String, date: String? = nil) async throws -> String {
    try await git("add", "-A", in: repo)
    try await git("commit", "-q", "--allow-empty", "-m", message, in: repo, date: date)
    return try await git("rev-parse", "HEAD", in: repo)
  }

  /// Two commits on `main`, one on `feature`, and a tag of every kind on the first.
  static func withHistory() async throws -> Fixture {
    let fixture = try await Fixture()
    try fixture.write(".tinyforge.yml", spec(1001))
    try fixture.write("deploy/app/.tinyforge.yml", spec(2001))
    try await fixture.commit("First spec\n\nwith a body")
    try await git("tag", "light", in: fixture.repo)
    try await git("tag", "-a", "-m", "annotated", "annotated", in: fixture.repo)
    try await git("tag", "-a", "-m", "nested", "nested", "annotated", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(1002))
    try await fixture.commit("Second spec")
    try await git("checkout", "-q", "-b", "feature/x", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(1003))
    try await fixture.commit("On a branch")
    try await git("checkout", "-q", "main", in: fixture.repo)
    return fixture
  }

  /// Copies the repository to `name` beside it, for a test to damage.
  func clone(_ name: String, _ options: String...) async throws -> String {
    let target = scratch.file(name)
    try await mustRun(
      "git",
      ["-c", "protocol.file.allow=always", "clone", "-q"] + options + ["file://\(repo)", target])
    return target
  }
}

/// Runs `body`, which must throw a failure, and returns that.
func failure<Value>(_ body: () throws(Failure) -> Value) throws -> Failure {
  do throws(Failure) {
    _ = try body()
  } catch { return error }
  throw TestSupportError("no failure where one was expected")
}

/// Lets this process read the settings of that home folder alone.
func useHome(_ home: String) {
  setenv("HOME", home, 1)
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1)
  unsetenv("XDG_CONFIG_HOME")
}
