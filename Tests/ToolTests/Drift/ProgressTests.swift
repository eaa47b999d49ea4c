import TestSupport
import Testing

/// The progress line of a long run, on a terminal of its own.
@Suite(.ownTime, .hangLimit) struct ProgressTests {
  /// Runs a command with standard error on a terminal, and prints what that was sent.
  private static let terminal = """
    import os, pty, sys
    child, screen = pty.fork()
    if child == 0:
      os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600), 1)
      os.execvp(sys.argv[2], sys.argv[2:])
    while True:
      try: part = os.read(screen, 4096)
      except OSError: break
      if not part: break
      sys.stdout.buffer.write(part)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """

  @Test(arguments: [([], "xterm", true), (["--quiet"], "xterm", false), ([], "dumb", false)])
  func isShownAndGoesAgain(_ options: [String], _ kind: String, _ isShown: Bool) async throws {
    let world = try await World()
    let names = ["shop", "till"]
    let forge = ForgeWorld.forge("gitea", names.map { ("acme/\($0)", world.repository) })
    // One after the other, each takes longer than the second that a run is silent for.
    try await ForgeServer.run(forge, options: ["--latency", "700"]) { server in
      for name in names {
        try await world.addWorkload(
          name, config: ForgeWorld.config("gitea", server.address, name: name))
      }
      let report = world.scratch.file("report")
      let command =
        [builtTool("drift"), "--all", "--fetch", "http", "--jobs", "1", "--format", "json"]
        + options
      let result = try await run(
        "/usr/bin/python3", ["-c", Self.terminal, report] + command,
        environment: [
          "TERM": kind, "TINYFORGE_DB": world.database, "TINYFORGE_TOKEN": ForgeWorld.token,
          "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
        ])
      #expect(result.status == 1, "\(result.output)")
      #expect(result.output.contains("\r1 of 2 workloads\u{1B}[K") == isShown, "\(result.output)")
      // Nothing of it stays: the last that was shown was taken away.
      let rest = result.output.split(separator: "workloads\u{1B}[K").last ?? ""
      #expect(rest.hasPrefix("\r\u{1B}[K") == isShown, "\(result.output)")
      try await expectSchema("drift", String(decoding: try readFile(report), as: UTF8.self))
    }
  }
}
