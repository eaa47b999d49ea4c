import TestSupport
import Testing
import TinyforgeCore

/// The commit that last touched a value's line, against `git blame`.
@Suite(.ownTime, .hangLimit) struct DriftAuthorTests {
  static let fields = ["port", "healthcheck", "deploy_strategy"]

  /// A spec of so many lines around and after the values; the fields keep their order, which blame
  /// would follow in ways of its own.
  private static func spec(_ values: [String: Int], _ random: inout SeededGenerator) -> String {
    var lines = ["version: 1", "deploy:"]
    for field in fields {
      guard let value = values[field] else { continue }
      if Int.random(in: 0..<3, using: &random) == 0 { lines.append("  # \(random.next())") }
      switch field {
      case "port": lines.append("  port: \(value)")
      case "healthcheck": lines.append("  healthcheck: /\(value)")
      default:
        lines.append("  deploy_strategy: \(value % 2 == 0 ? "recreate" : "blue-green") # \(value)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: 1...4)
  func authorsAreThoseOfBlame(_ seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let world = try await World(spec: "version: 1\n")
    var values = ["port": 1, "healthcheck": 1, "deploy_strategy": 1]
    for number in 0..<24 {
      if number % 6 == 5 { try await Self.merge(world, number) }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: try world.scratch.write("source/other", "\(number)")
      case 1: values[Self.fields[number % 3]] = nil
      case 2: break
      default: values[Self.fields[number % 3]] = Int.random(in: 1..<4, using: &random)
      }
      try world.scratch.write("source/.tinyforge.yml", Self.spec(values, &random))
      try await git("add", "-A", in: world.repository)
      try await git("commit", "-qm", "\(number)", "--allow-empty", in: world.repository)
    }
    try await git(
      "push", "-qf", "--mirror", "\(world.mirrors)/acme/shop.git", in: world.repository)
    try await world.addWorkload(
      "w1", config: World.config(#""port":9,"healthcheck":"/9","deploy_strategy":"odd""#))
    let drift = try await world.drift().workloads[0].drift
    #expect(drift.count == values.count)
    for entry in drift {
      let blame = try await git(
        "blame", "-l", "-L", "\(entry.line),\(entry.line)", "main", "--", ".tinyforge.yml",
        in: world.repository)
      let commit = blame.prefix { $0 != " " }.drop { $0 == "^" }
      #expect(entry.touched?.commit.hasPrefix(commit.prefix(39)) == true, "\(entry) \(blame)")
    }
  }

  /// A side branch that touches another file, joined again.
  private static func merge(_ world: World, _ number: Int) async throws {
    let folder = world.repository
    try await git("checkout", "-q", "-b", "side-\(number)", "HEAD~2", in: folder)
    try world.scratch.write("source/side-\(number)", "x")
    try await git("add", "-A", in: folder)
    try await git("commit", "-qm", "Side", in: folder)
    try await git("checkout", "-q", "main", in: folder)
    try await git("merge", "-q", "--no-edit", "side-\(number)", in: folder)
  }

  @Test func theAuthorIsTold() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try world.scratch.write(
      "source/.tinyforge.yml", World.spec.replacing("8080", with: "8081"))
    try await git(
      "commit", "-qam", "Move the port\n\nMore words", in: world.repository,
      date: "2026-03-04T05:06:07+02:00")
    let touch = try await world.drift("--repo", world.repository).workloads[0].drift[0].touched
    #expect(touch?.author == "Ann Author" && touch?.subject == "Move the port")
    #expect(touch?.authoredAt == "2026-03-04T03:06:07Z")
  }

  @Test func aSpecThatDidNotDecodeInBetween() async throws {
    let world = try await World(spec: "version: 1\ndeploy:\n  port: 8080\n")
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push("version: 1\ndeploy:\n  port: 8080\n  odd: [\n")
    try await world.push("version: 1\ndeploy:\n  port: 8080\n")
    try await world.addWorkload("w1")
    #expect(try await world.drift().workloads[0].drift[0].touched?.commit == first)
  }

  @Test func theBoundIsTold() async throws {
    let world = try await World()
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    for number in 0..<5 {
      try await git("commit", "-q", "--allow-empty", "-m", "\(number)", in: world.repository)
    }
    try await world.push(World.spec + "# later\n")
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: base)
    let near = try await world.drift("--history", "3").workloads[0].drift[0]
    #expect(near.cause == .unknown && near.reason.contains("--history"))
    #expect(near.touched == nil && near.untold?.contains("latest 3 commits") == true)
    let far = try await world.drift("--history", "7").workloads[0].drift[0]
    #expect(far.cause == .liveEdited && far.touched?.commit == base)
  }

  /// Without time no history is read: no cause is guessed, and both reasons name the option.
  @Test func timeThatIsOverIsReported() async throws {
    let world = try await World()
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push(World.spec + "# later\n")
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: base)
    let entry = try await world.drift("--history-timeout", "0s").workloads[0].drift[0]
    #expect(
      entry.cause == .unknown
        && entry.reason.contains("not read to its end within 0s; --history-timeout"))
    #expect(entry.touched == nil && entry.untold?.contains("--history-timeout") == true)
    #expect(
      try await world.drift("--history-timeout", "10m").workloads[0].drift[0].cause == .liveEdited)
  }

  /// Damage in the history is reported, and the run does not hang.
  @Test func aDamagedHistoryIsTold() async throws {
    let world = try await World()
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    let tip = try await world.push(World.spec + "# later\n")
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: base)
    let object = "\(world.mirrors)/acme/shop.git/objects/\(base.prefix(2))/\(base.dropFirst(2))"
    let bytes = try readFile(object)
    try await mustRun("rm", ["-f", object])
    try world.scratch.write(
      String(object.dropFirst(world.scratch.path.count + 1)), bytes.prefix(bytes.count / 2))
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown && entry.reason.contains("damaged"), "\(entry.reason)")
    #expect(entry.untold?.contains("damaged") == true && tip != base)
  }
}
