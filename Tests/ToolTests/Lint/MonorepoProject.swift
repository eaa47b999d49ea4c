import TestSupport

/// A clone with the pre-commit hook, and a bare repository with the pre-receive hook.
struct MonorepoProject {
  private static let lint = builtTool("lint-spec")

  let scratch: Scratch
  let path: String
  let server: String

  init() async throws {
    scratch = try Scratch()
    path = try scratch.folder("mono")
    server = scratch.file("server.git")
    try await git("init", "-q", "--bare", server, in: scratch.path)
    try await git("init", "-q", in: path)
    try await git("remote", "add", "origin", server, in: path)
    for name in ["user.name", "user.email"] {
      try await git("config", name, "a@example.org", in: path)
    }
    try await mustRun(Self.lint, ["--install-hook"], in: path)
    try await mustRun(Self.lint, ["--install-hook", "--repo", server])
  }

  func write(_ name: String, _ text: String) throws { try scratch.write("mono/\(name)", text) }

  func commit(_ arguments: String..., environment: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await git("add", "-A", in: path)
    return try await run(
      "git", ["commit", "-qm", "x"] + arguments, in: path, environment: environment)
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await TestSupport.run(
      Self.lint, arguments, in: path, environment: environment)
  }

  private func run(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String]
  ) async throws -> CommandResult {
    try await TestSupport.run(program, arguments, in: folder, environment: environment)
  }

  func push(_ arguments: String...) async throws -> CommandResult {
    try await run("git", ["push", "-q", "origin"] + arguments, in: path, environment: [:])
  }
}
