import TestSupport
import Testing
import TinyforgeCore

/// `drift --shard auto` in the environments of systems that start several runners.
@Suite(.ownTime, .hangLimit) struct ShardAutoTests {
  /// The variables, and the shard.
  static let told: [(String, String)] = [
    ("TINYFORGE_SHARD_INDEX=0 TINYFORGE_SHARD_TOTAL=4", "1/4"),
    ("TINYFORGE_SHARD_INDEX=3 TINYFORGE_SHARD_TOTAL=4", "4/4"),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=4", "1/4"), ("CI_NODE_INDEX=4 CI_NODE_TOTAL=4", "4/4"),
    ("CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=2", "1/2"),
    ("CIRCLE_NODE_INDEX=1 CIRCLE_NODE_TOTAL=2", "2/2"),
    ("CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=1", "1/1"),
    ("BUILDKITE_PARALLEL_JOB=0 BUILDKITE_PARALLEL_JOB_COUNT=5", "1/5"),
    ("BUILDKITE_PARALLEL_JOB=4 BUILDKITE_PARALLEL_JOB_COUNT=5", "5/5"),
    ("JOB_COMPLETION_INDEX=0 TINYFORGE_SHARD_TOTAL=64", "1/64"),
    ("JOB_COMPLETION_INDEX=63 TINYFORGE_SHARD_TOTAL=64", "64/64"),
    ("PARALLEL_SEQ=3 PARALLEL_JOBSLOT=1 TINYFORGE_SHARD_TOTAL=8", "3/8"),
    ("SLURM_ARRAY_TASK_ID=0 \(slurm(0, 31, 1, 32))", "1/32"),
    ("SLURM_ARRAY_TASK_ID=7 \(slurm(1, 7, 2, 4))", "4/4"),
    ("SLURM_ARRAY_TASK_ID=13 \(slurm(10, 14, 1, 5))", "4/5"),
    ("SLURM_ARRAY_TASK_ID=8 \(slurm(0, 15, 4, 4))", "3/4"),
    ("SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3", "2/3"),
    // What is set by hand decides; what agrees with it is accepted.
    ("TINYFORGE_SHARD_INDEX=1 TINYFORGE_SHARD_TOTAL=3 CI_NODE_INDEX=1 CI_NODE_TOTAL=4", "2/3"),
    ("TINYFORGE_SHARD_TOTAL=4 CI_NODE_INDEX=2 CI_NODE_TOTAL=4", "2/4"),
    ("JOB_COMPLETION_INDEX=1 CI_NODE_INDEX=2 CI_NODE_TOTAL=4 TINYFORGE_SHARD_TOTAL=4", "2/4"),
    // A job without others beside it says nothing against those that its own processes count.
    ("CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=1 PARALLEL_SEQ=2 TINYFORGE_SHARD_TOTAL=3", "2/3"),
    ("CI_NODE_TOTAL=1 PARALLEL_SEQ=2 TINYFORGE_SHARD_TOTAL=3", "2/3"),
  ]

  /// The variables of a job array beside the index.
  private static func slurm(_ min: Int, _ max: Int, _ step: Int, _ count: Int) -> String {
    "SLURM_ARRAY_TASK_MIN=\(min) SLURM_ARRAY_TASK_MAX=\(max) SLURM_ARRAY_TASK_STEP=\(step) "
      + "SLURM_ARRAY_TASK_COUNT=\(count)"
  }

  @Test func theEnvironmentTellsTheShard() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    for (variables, shard) in Self.told {
      let result = try await Self.drift(world, variables)
      let report = try JSONValue(parsing: Array(result.output.utf8))
      let text = report["shard"]?.text
      #expect(text == shard, "\(variables): \(result)")
    }
  }

  /// The variables, and what the failure says.
  static let refused: [(String, [String])] = [
    ("", ["nothing in the environment", "TINYFORGE_SHARD_INDEX", "--shard I/N"]),
    ("CI=true GITHUB_ACTIONS=true", ["nothing in the environment"]),
    ("TINYFORGE_SHARD_INDEX=0", ["TINYFORGE_SHARD_TOTAL is not"]),
    ("TINYFORGE_SHARD_INDEX=0 TINYFORGE_SHARD_TOTAL=", ["TINYFORGE_SHARD_TOTAL is not"]),
    ("TINYFORGE_SHARD_TOTAL=4", ["TINYFORGE_SHARD_TOTAL is set, and TINYFORGE_SHARD_INDEX is not"]),
    ("CI_NODE_TOTAL=1", ["CI_NODE_TOTAL is set, and CI_NODE_INDEX is not"]),
    ("CI_NODE_INDEX=1", ["CI_NODE_INDEX is set, and CI_NODE_TOTAL is not"]),
    (
      "CI_NODE_INDEX=0 CI_NODE_TOTAL=4",
      ["CI_NODE_INDEX is 0, counted from 1", "CI_NODE_TOTAL is 4"]
    ),
    ("CI_NODE_INDEX=5 CI_NODE_TOTAL=4", ["CI_NODE_INDEX is 5", "no such shard"]),
    ("CIRCLE_NODE_INDEX=2 CIRCLE_NODE_TOTAL=2", ["CIRCLE_NODE_INDEX is 2, counted from 0"]),
    (
      "BUILDKITE_PARALLEL_JOB=x BUILDKITE_PARALLEL_JOB_COUNT=2", [#"BUILDKITE_PARALLEL_JOB is "x""#]
    ),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=+4", [#"CI_NODE_TOTAL is "+4""#, "not a whole number"]),
    ("CI_NODE_INDEX=-1 CI_NODE_TOTAL=4", [#"CI_NODE_INDEX is "-1""#]),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=99999999999999999999", ["not a whole number"]),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=0", ["CI_NODE_TOTAL is 0", "1 to 10000"]),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=10001", ["CI_NODE_TOTAL is 10001"]),
    ("JOB_COMPLETION_INDEX=0", ["JOB_COMPLETION_INDEX is set, and TINYFORGE_SHARD_TOTAL is not"]),
    ("JOB_COMPLETION_INDEX=4 TINYFORGE_SHARD_TOTAL=4", ["JOB_COMPLETION_INDEX is 4"]),
    ("PARALLEL_SEQ=9 TINYFORGE_SHARD_TOTAL=8", ["PARALLEL_SEQ is 9, counted from 1"]),
    ("PARALLEL_JOBSLOT=1 TINYFORGE_SHARD_TOTAL=8", ["TINYFORGE_SHARD_INDEX is not"]),
    ("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=4", ["SLURM_ARRAY_TASK_MIN is not"]),
    ("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=0", ["SLURM_ARRAY_TASK_COUNT is not"]),
    ("SLURM_ARRAY_TASK_ID=5 \(slurm(1, 9, 1, 3))", ["SLURM_ARRAY_TASK_ID 5", "list with gaps"]),
    ("SLURM_ARRAY_TASK_ID=2 \(slurm(1, 7, 2, 4))", ["SLURM_ARRAY_TASK_ID 2"]),
    ("SLURM_ARRAY_TASK_ID=0 \(slurm(1, 4, 1, 4))", ["SLURM_ARRAY_TASK_ID is 0", "no such shard"]),
    ("SLURM_ARRAY_TASK_ID=1 \(slurm(1, 4, 0, 4))", ["SLURM_ARRAY_TASK_STEP is 0"]),
    ("SLURM_ARRAY_TASK_COUNT=4", ["SLURM_ARRAY_TASK_ID is not"]),
    (
      "CI_NODE_INDEX=1 CI_NODE_TOTAL=4 CIRCLE_NODE_INDEX=1 CIRCLE_NODE_TOTAL=4",
      ["CI_NODE_INDEX makes this runner shard 1/4, and CIRCLE_NODE_INDEX makes it 2/4"]
    ),
    (
      "CI_NODE_INDEX=1 CI_NODE_TOTAL=4 TINYFORGE_SHARD_TOTAL=8",
      ["TINYFORGE_SHARD_TOTAL is 8, and by CI_NODE_INDEX there are 4 shards"]
    ),
  ]

  /// Never the whole fleet, and no report.
  @Test func whatIsHalfSetIsRefused() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    for (variables, words) in Self.refused {
      let result = try await Self.drift(world, variables, "text")
      #expect(result.status == 2 && result.output.isEmpty, "\(variables): \(result)")
      for word in words { #expect(result.error.contains(word), "\(variables): \(result.error)") }
      let russian = try await Self.drift(world, variables, "text", ["--lang", "ru"])
      #expect(russian.error.contains(/[а-я]{4}/), "\(variables): \(russian.error)")
      let rest = russian.error.split(separator: "\n").prefix(1).first {
        $0.contains(/\b(and|is|the)\b/)
      }
      #expect(rest == nil, "\(variables): \(russian.error)")
    }
  }

  private static func drift(
    _ world: World, _ variables: String, _ format: String = "json", _ more: [String] = []
  ) async throws -> CommandResult {
    let pairs = variables.split(separator: " ").map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
    let environment = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
    return try await run(
      builtTool("drift"), ["--all", "--shard", "auto", "--format", format] + more,
      environment: environment.merging(pairs) { $1 })
  }
}
