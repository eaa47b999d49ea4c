import TestSupport
import Testing
import TinyforgeCore

/// A signal ends what waits, finishes or undoes the transaction in hand, and loses no report.
@Suite(.ownTime, .hangLimit) struct SignalTests {
  static let signals = [("TERM", 143), ("INT", 130), ("HUP", 129)]

  /// Two workloads are done when the third one's lock is waited for.
  @Test(arguments: signals) func whatWasDoneIsReported(_ signal: String, _ status: Int) async throws
  {
    let world = try await World(workloads: 4)
    try await world.whileHeld(["w3"]) {
      let json = try await world.interrupted(
        by: signal, "apply", "--all", "--yes", "--keep-going", "--format", "json")
      #expect(json.status == status, "\(json)")
      #expect(json.error.contains("interrupted by SIG\(signal): 2 of 4 workloads were not tried"))
      try await expectSchema("apply", json.output)
      #expect(try results(json) == ["w1": "applied", "w2": "applied"])
      #expect(json.output.contains(#""interrupted": true"#))
      try await world.sql(
        "UPDATE workloads SET source_config = replace(source_config, '8080', '1')")
      let text = try await world.interrupted(by: signal, "apply", "--all", "--yes")
      #expect(text.status == status, "\(text)")
      #expect(text.output.split(separator: "\n").count { $0.contains(": applied") } == 2, "\(text)")
    }
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "4")
  }

  /// What is done is written at once: no end of the run, not even a violent one, takes it back.
  @Test func textIsWrittenWorkloadByWorkload() async throws {
    let world = try await World(workloads: 3)
    try await world.whileHeld(["w3"]) {
      let result = try await world.interrupted(by: "KILL", "apply", "--all", "--yes")
      #expect(result.output.split(separator: "\n").count { $0.contains(": applied") } == 2)
    }
  }

  @Test(arguments: signals) func atomicIsUndone(_ signal: String, _ status: Int) async throws {
    let world = try await World(workloads: 3)
    try await world.whileHeld(["w2"]) {
      let result = try await world.interrupted(
        by: signal, "apply", "--all", "--yes", "--atomic", "--format", "json")
      #expect(result.status == status, "\(result)")
      try await expectSchema("apply", result.output)
      #expect(try results(result) == ["w1": "failed", "w2": "failed", "w3": "failed"])
      #expect(result.output.contains("interrupted by a signal; nothing was changed"))
    }
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
  }

  /// A server that keeps the database to itself is not waited for.
  @Test(arguments: [
    ("apply", ["--all", "--yes"]), ("apply --atomic", ["--all", "--yes", "--atomic"]),
    ("revert", ["revert", "w1", "--yes"]), ("enable", ["enable", "w2"]),
    ("disable", ["disable", "w1"]),
  ]) func aBusyDatabaseIsLeft(_ name: String, _ arguments: [String]) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2", enabled: false)
    if name == "revert" { _ = try await world.tool("apply", "--all", "--yes") }
    let before = try await world.sql("SELECT * FROM workloads; SELECT * FROM event_log")
    try await world.whileBusy {
      let result = try await world.interrupted(
        by: "TERM", "apply", arguments + ["--format", "json", "--lock-timeout", "100s"],
        once: "\(world.database).gitops-locks/\(name == "enable" ? "w2" : "w1").lock")
      #expect(result.status == 143, "\(result)")
      #expect(try JSONText(Array(result.output.utf8))["interrupted"] == true)
      let schema =
        ["revert": "revert", "enable": "opt-in", "disable": "opt-in"][name] ?? "apply"
      try await expectSchema(schema, result.output)
    }
    #expect(try await world.sql("SELECT * FROM workloads; SELECT * FROM event_log") == before)
  }

  /// A forge that never answers is not waited for; what is reported is whole.
  @Test(arguments: [
    ("drift", "json", signals[0]), ("drift", "jsonl", signals[1]), ("drift", "text", signals[2]),
    ("drift", "sarif", signals[0]), ("plan", "json", signals[1]), ("apply", "json", signals[2]),
    ("apply", "text", signals[0]),
  ]) func aSilentForgeIsLeft(_ tool: String, _ format: String, _ signal: (String, Int)) async throws
  {
    let world = try await World(workloads: 1)
    try await world.withSilentForge { address in
      try await world.addWorkload("w2", config: ForgeWorld.config("gitea", address, name: "till"))
      let options = tool == "apply" ? ["--yes"] : []
      let result = try await world.interrupted(
        by: signal.0, tool,
        ["--all", "--jobs", "1", "--format", format, "--fetch-timeout", "100s"] + options,
        once: world.scratch.file("connected"))
      #expect(result.status == signal.1, "\(result)")
      switch (tool, format) {
      case ("apply", "json"), ("drift", "json"):
        #expect(try JSONText(Array(result.output.utf8))["interrupted"] == true)
        #expect(try !ToldWorkload.all(result).keys.contains("w2"))
        try await expectSchema(tool, result.output)
      case ("drift", "jsonl"):
        #expect(result.output.hasSuffix("\n"))
        #expect(result.output.contains(#"{"type":"summary","interrupted":true"#), "\(result)")
      case ("drift", "text"), ("apply", "text"): #expect(!result.output.contains("w2 (w2)"))
      case ("plan", "json"): try await expectSchema(tool, result.output)
      default: #expect(result.output.contains("interrupted: 1 of 2"), "\(result)")
      }
    }
  }

  /// A report that a signal cut short does not count for its shard.
  @Test func anInterruptedReportIsNotMergedUnseen() async throws {
    let world = try await World(workloads: 1)
    for format in ["json", "jsonl"] {
      let whole = try await world.tool("drift", "--all", "--format", format).output
      let cut =
        format == "json"
        ? whole.replacing(#"  "summary": {"#, with: #"  "interrupted": true,\#n  "summary": {"#)
        : whole.replacing(#""type":"summary","#, with: #""type":"summary","interrupted":true,"#)
      let file = try world.scratch.write("cut.\(format)", cut)
      let merged = try await world.tool("drift", "merge", file)
      #expect(merged.status == 2)
      #expect(merged.error.contains("the run was interrupted"), "\(merged)")
    }
  }

  /// Under `nohup` a terminal that goes away ends nothing.
  @Test func anIgnoredHangUpStaysIgnored() async throws {
    let world = try await World(workloads: 2)
    async let result = world.interrupted(
      by: "HUP", "apply", ["--all", "--yes"], once: world.scratch.file("told"),
      through: "trap '' HUP;")
    try await world.whileHeld(["w2"]) {
      try await waitForFile(world.scratch.file("sent"))
      try await Task.sleep(for: .milliseconds(200))
    }
    #expect(try await result.status == 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "2")
  }

  /// A document that was begun is written to its end, however slow its reader is; a second signal waits for
  /// nobody.
  @Test(arguments: ["lint-spec", "plan", "drift"], [false, true])
  func aDocumentStaysWhole(_ tool: String, _ isImpatient: Bool) async throws {
    let world = try await World(workloads: 150)
    for number in 0..<300 {
      try world.scratch.write("source/d\(number)/.tinyforge.yml", World.spec + "unknown: 1\n")
    }
    let program = """
      import fcntl, json, signal, struct, subprocess, sys, termios, time
      p = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE)
      def filled(): return struct.unpack('i', fcntl.ioctl(p.stdout, termios.FIONREAD, b'0000'))[0]
      last = [0]
      # Full: nothing more comes, and the tool has not ended.
      while last[-1] == 0 or len(last) < 21 or len(set(last)) > 1:
        last = last[-20:] + [filled()]
        time.sleep(0.02)
      if p.poll() is not None: sys.exit('the tool ended before its reader was slow')
      p.send_signal(signal.SIGTERM)
      if sys.argv[1] == 'true':
        while p.poll() is None:
          p.send_signal(signal.SIGTERM)
          time.sleep(0.01)
        sys.exit(p.returncode)
      time.sleep(0.2)
      json.loads(p.stdout.read())
      sys.exit(p.wait())
      """
    let selection = tool == "lint-spec" ? ["."] : ["--all"]
    let result = try await run(
      "/usr/bin/python3",
      ["-c", program, "\(isImpatient)", builtTool(tool)] + selection + ["--format", "json"],
      in: world.repository,
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 143, "\(result.error)")
  }

  private func results(_ result: CommandResult) throws -> [String: String] {
    try ToldWorkload.all(result).mapValues { $0.json["result"]?.text ?? "" }
  }
}

extension World {
  fileprivate init(workloads count: Int) async throws {
    try await self.init()
    for number in 1...count { try await addWorkload("w\(number)") }
  }

  /// Runs a tool until `file` (standard error, unless it says otherwise) holds something, then sends the signal.
  fileprivate func interrupted(by signal: String, _ tool: String, _ arguments: String...)
    async throws -> CommandResult
  {
    try await interrupted(by: signal, tool, arguments, once: scratch.file("told"))
  }

  func interrupted(
    by signal: String, _ tool: String, _ arguments: [String], once file: String,
    through preparation: String = "", environment: [String: String] = [:]
  ) async throws -> CommandResult {
    let script = """
      signal=$1 file=$2 folder=$3; shift 3
      [ "$file" = "$folder/connected" ] || rm -f "$file"
      rm -f "$folder/told" "$folder/sent"; \(preparation)
      "$@" >"$folder/out" 2>"$folder/told" & tool=$!
      until [ -s "$file" ] && { [ "$file" != "$folder/told" ] || grep -q "waiting for" "$file"; }; do kill -0 $tool || break; sleep 0.01; done
      kill -s "$signal" $tool; echo sent >"$folder/sent"; wait $tool
      """
    var result = try await run(
      "bash",
      ["-c", script, "bash", signal, file, scratch.path, builtTool(tool)] + arguments,
      in: repository,
      environment: [
        "TINYFORGE_DB": database, "TINYFORGE_MIRRORS": mirrors,
        "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8", "XDG_CACHE_HOME": scratch.path,
      ].merging(environment) { $1 })
    let text = { (name: String) in
      String(decoding: try readFile(scratch.file(name)), as: UTF8.self)
    }
    result.output = try text("out")
    result.error = try text("told")
    return result
  }

  /// Holds workloads' locks meanwhile.
  fileprivate func whileHeld(_ ids: [String], _ body: () async throws -> Void) async throws {
    try scratch.folder("tinyforge.db.gitops-locks")
    let files = ids.map { "\(database).gitops-locks/\($0).lock" }
    try await beside(
      """
      import fcntl
      files = [open(name, 'a+') for name in sys.argv[2:]]
      for file in files: fcntl.lockf(file, fcntl.LOCK_EX)
      """, files, body)
  }

  /// Holds the database's write lock meanwhile.
  fileprivate func whileBusy(_ body: () async throws -> Void) async throws {
    try await beside(
      """
      import sqlite3
      c = sqlite3.connect(sys.argv[2], isolation_level=None)
      c.execute('BEGIN IMMEDIATE')
      """, [database], body)
  }

  /// Runs a forge meanwhile that takes connections and never answers; `connected` is written at the first.
  func withSilentForge(_ body: (_ address: String) async throws -> Void) async throws {
    try await beside(
      """
      import socket, threading
      s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(50)
      open(sys.argv[1] + '/port', 'w').write(str(s.getsockname()[1]))
      def serve():
        kept = []
        while True:
          kept.append(s.accept()[0])
          kept[-1].recv(1)
          open(sys.argv[1] + '/connected', 'w').write('yes')
      threading.Thread(target=serve, daemon=True).start()
      """, []
    ) {
      let port = String(decoding: try readFile(scratch.file("port")), as: UTF8.self)
      try await body("http://127.0.0.1:\(port)")
    }
  }

  /// Runs a Python program that has set up what it does before `body` runs, and ends after it.
  private func beside(_ program: String, _ arguments: [String], _ body: () async throws -> Void)
    async throws
  {
    let whole = """
      import os, sys, time
      \(program)
      open(sys.argv[1] + '/ready', 'w').write('ready')
      while not os.path.exists(sys.argv[1] + '/over'): time.sleep(0.01)
      """
    try await mustRun("rm", ["-f", scratch.file("ready"), scratch.file("over")])
    let folder = scratch.path
    async let helper = run(
      "timeout", ["200", "/usr/bin/python3", "-c", whole, folder] + arguments)
    try await waitForFile(scratch.file("ready"))
    let outcome = await Result.catching { try await body() }
    try scratch.write("over", "over")
    let ended = try await helper
    #expect(ended.status == 0, "\(ended.error)")
    try outcome.get()
  }
}

extension Result where Failure == any Error {
  fileprivate static func catching(_ body: () async throws -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
