import Glibc
import TestSupport
import Testing

/// A real Go server's SQLite beside the tools, which other users run: it opens, edits, commits and closes all the time.
@Suite(
  .ownTime, .hangLimit,
  .enabled(
    if: geteuid() == 0 && access("/usr/share/gocode/src/github.com/mattn/go-sqlite3", R_OK) == 0,
    "root and golang-github-mattn-go-sqlite3-dev are needed: ci/setup test installs it"))
struct GoServerTests {
  private static let count = 15
  private static let owner = "4200"
  private static let member = "4201"
  private static let stranger = "4202"

  /// A world with a database of the owner's in a folder that its group may write, and programs for everybody.
  private struct Place {
    let world: World
    var database: String { world.scratch.file("data/tinyforge.db") }
    var end: String { world.scratch.file("data/end") }

    init() async throws {
      world = try await World()
      try await buildServer(world.scratch.file("server-rows"))
      for number in 1...count {
        try await world.addWorkload(
          "w\(number)", config: World.config(#""port":3000,"edits":0"#))
      }
      // Go's driver makes a time of columns of that type alone.
      let script = """
        sqlite3 tinyforge.db "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = \
          replace(replace(sql, 'updated_at     TEXT', 'updated_at DATETIME'), \
          'gitops_last_sync_at TEXT', 'gitops_last_sync_at DATETIME'); PRAGMA journal_mode = DELETE"
        sqlite3 tinyforge.db "PRAGMA journal_mode = WAL"
        mkdir data && mv tinyforge.db data && cp "$@" . && chmod -R a+rX .
        chown -R \(owner):4300 data && chmod 2775 data && chmod 664 data/tinyforge.db
        """
      try await mustRun(
        "sh", ["-ec", script, "-"] + ["plan", "drift", "apply"].map(builtTool),
        in: world.scratch.path)
    }

    private func buildServer(_ target: String) async throws {
      try await mustRun(
        "go", ["build", "-o", target, "main.go"], in: projectFile("Tests/Peers/server-rows"),
        environment: [
          "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "",
          "GOCACHE": world.scratch.file("cache"),
        ])
    }

    /// Runs one of the programs as a user, who is in the database's group unless a stranger.
    func run(_ user: String, _ program: String, _ arguments: [String]) async throws
      -> CommandResult
    {
      let group = user == stranger ? "--clear-groups" : "--groups=4300"
      let command = "umask 002; exec \"$@\""
      return try await TestSupport.run(
        "setpriv",
        [
          "--reuid=\(user)", "--regid=\(user)", group, "sh", "-c", command, "-",
          world.scratch.file(program),
        ] + arguments, in: world.scratch.path,
        environment: [
          "TINYFORGE_DB": database, "TINYFORGE_MIRRORS": world.mirrors,
          "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
        ])
    }
  }

  /// What the tools may end with beside a server that works: done, changes found, or "try again"; a member of the group may
  /// also be refused while the server is closed.
  private static let rounds: [(user: String, program: String, options: [String], statuses: [Int])] =
    [
      ("0", "apply", ["--all", "--yes", "--keep-going"], [0, 3]),
      (stranger, "drift", ["--all", "--exit-zero"], [0, 3]),
      (member, "apply", ["--all", "--yes", "--keep-going"], [0, 2, 3]),
      (stranger, "plan", ["--all"], [0, 1, 3]),
      (stranger, "apply", ["--all", "--yes"], [2]),
    ]

  @Test func theServerWorksOnAndReadsEverything() async throws {
    let place = try await Place()
    async let serving = place.run(Self.owner, "server-rows", ["edit", place.database, place.end])
    try await waitForFile(place.end + ".running")
    for _ in 0..<3 {
      for round in Self.rounds {
        let result = try await place.run(round.user, round.program, round.options)
        #expect(round.statuses.contains(result.status), "\(round) \(result)")
      }
    }
    try place.world.scratch.write("data/end", "")
    let served = try await serving
    #expect(served.status == 0, "\(served.error)")
    try await expectTheServerReadsWhatApplyWrote(place, served)
  }

  /// What the server prints of each workload.
  private func members(_ output: String) -> [String: String] {
    let lines = output.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
    return Dictionary(lines.map { (String($0[0]), String($0.last ?? "")) }) { $1 }
  }

  /// No edit is lost, every row is as the spec says, each of them can be scanned, and the server writes on.
  private func expectTheServerReadsWhatApplyWrote(_ place: Place, _ served: CommandResult)
    async throws
  {
    let last = try await place.run("0", "apply", ["--all", "--yes"])
    #expect(last.status == 0, "\(last)")
    let scanned = try await place.run(Self.owner, "server-rows", ["scan", place.database])
    #expect(scanned.status == 0, "\(scanned.error)")
    let edits = members(served.output)
    let configs = members(scanned.output)
    #expect(configs.count == Self.count)
    for (id, config) in configs {
      #expect(config.contains("\"port\":8080"), "\(id): \(config)")
      #expect(config.contains("\"edits\":\(edits[id] ?? "none"),"), "\(id): \(config)")
    }
    let classes = try await mustRun(
      "sqlite3",
      [place.database, "SELECT typeof(source_config), count(*) FROM workloads GROUP BY 1"])
    #expect(classes == "blob|10\ntext|5")
    let again = try await place.run(Self.owner, "server-rows", ["edit", place.database, place.end])
    #expect(again.status == 0, "\(again.error)")
  }
}
