import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Files that are not, or no longer, a saved plan.
@Suite(.ownTime, .hangLimit) struct RefusedPlanTests {
  /// A world whose two workloads are planned to `plan.json`.
  private func planned(_ ids: String..., config: String = World.config()) async throws -> (
    World, plan: String
  ) {
    let world = try await World()
    for id in ids { try await world.addWorkload(id, config: config) }
    let plan = world.scratch.file("plan.json")
    let result = try await world.tool("plan", "--all", "--out", plan)
    #expect(result.status == 0, "\(result.error)")
    return (world, plan)
  }

  /// Whatever byte is changed or cut off, the file is refused, and nothing is written.
  @Test func aChangedFileIsRefused() async throws {
    let (world, plan) = try await planned("w1")
    let bytes = try readFile(plan)
    let before = try await world.sql(".dump")
    var generator = SeededGenerator(seed: 6)
    for round in 0..<24 {
      var changed = bytes
      let isCut = round % 2 == 1
      // The beginning says what kind of file it is.
      let place = Int.random(in: (isCut ? 0 : 60)..<bytes.count - 1, using: &generator)
      if isCut {
        changed.removeLast(bytes.count - (round == 1 ? 0 : place))
      } else {
        changed[place] ^= 1
      }
      try world.scratch.write("changed.json", changed)
      let result = try await world.tool("apply", world.scratch.file("changed.json"))
      #expect(result.status == 4 && result.output.isEmpty, "\(round) \(place): \(result.error)")
    }
    #expect(try await world.sql(".dump") == before)
  }

  /// A file with a digest that fits, and values that the commit never had: provenance is not forged.
  @Test func aForgedPlanIsRefused() async throws {
    let (world, plan) = try await planned("w1")
    let forge = """
      import hashlib, re, sys
      text = open(sys.argv[1]).read().replace('"to": 8080', '"to": 1234')
      head, tail = re.split('"sha256:[0-9a-f]{64}"(?=\\n}\\n$)', text)
      digest = hashlib.sha256((head + tail).encode()).hexdigest()
      open(sys.argv[1], 'w').write(f'{head}"sha256:{digest}"{tail}')
      """
    try await mustRun("/usr/bin/python3", ["-c", forge, plan])
    let result = try await world.tool("apply", plan)
    #expect(
      result.status == 4 && result.output.contains("not those of the spec at commit"),
      "\(result.output)\(result.error)")
  }

  @Test func otherFilesAreNoPlans() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let report = try await world.tool("plan", "--all", "--format", "json")
    try world.scratch.write("report.json", report.output)
    try world.scratch.write("list.json", "[]")
    for file in ["report.json", "list.json", "absent.json", "source", "tinyforge.db"] {
      let result = try await world.tool("apply", world.scratch.file(file))
      #expect(result.status == 2 && result.output.isEmpty, "\(file): \(result.error)")
    }
    #expect(try await world.tool("plan", "--all", "--out", "-").status == 2)
    for option in ["--all", "--workload=w1", "--rev=HEAD"] {
      #expect(try await world.tool("apply", world.scratch.file("report.json"), option).status == 2)
    }
  }

  /// Nothing is saved where the file would not be what was asked for.
  @Test func whatCannotBePlannedIsNotSaved() async throws {
    let world = try await World(spec: "version: 2\n")
    try await world.addWorkload("w1")
    let plan = world.scratch.file("plan.json")
    let result = try await world.tool("plan", "--all", "--out", plan)
    #expect(result.status == 2 && result.error.contains("w1 cannot be planned"))
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    try await world.push("version: 1\ndeploy:\n  healthcheck: /x?k=\(token)\n")
    let secret = try await world.tool("plan", "--all", "--out", plan)
    #expect(secret.status == 2 && secret.error.contains("looks like a credential"))
    #expect(!secret.error.contains(token) && access(plan, F_OK) != 0)
    let denied = try await world.tool("plan", "--all", "--out", "/nonexistent/plan.json")
    #expect(denied.status == 2)
  }
}
