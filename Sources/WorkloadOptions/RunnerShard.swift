import ArgumentParser
package import TinyforgeCore

/// The part of a fleet that a runner has, as the system that started it says in the environment.
package struct RunnerShard {
  /// Looks up an environment variable; nil if it is unset or empty.
  private let variable: (String) -> String?

  /// Creates one for an environment.
  package init(variable: @escaping (String) -> String?) { self.variable = variable }

  /// A system that counts the runners of a job.
  private struct System {
    /// The variable with the place of the runner.
    let index: String
    /// What the first runner's place is.
    let first: Int
    /// The variable with the number of runners.
    let total: String
  }

  /// What a pipeline or a manifest says itself; it counts before all others.
  private static let own = System(
    index: "TINYFORGE_SHARD_INDEX", first: 0, total: "TINYFORGE_SHARD_TOTAL")

  /// GitLab, CircleCI, Buildkite; Kubernetes and GNU parallel, which do not tell how many runners there are.
  private static let systems = [
    System(index: "CI_NODE_INDEX", first: 1, total: "CI_NODE_TOTAL"),
    System(index: "CIRCLE_NODE_INDEX", first: 0, total: "CIRCLE_NODE_TOTAL"),
    System(index: "BUILDKITE_PARALLEL_JOB", first: 0, total: "BUILDKITE_PARALLEL_JOB_COUNT"),
    System(index: "JOB_COMPLETION_INDEX", first: 0, total: own.total),
    System(index: "PARALLEL_SEQ", first: 1, total: own.total),
  ]

  /// The shard; throws what is to be set where the environment does not tell exactly one.
  package func shard() throws -> FleetShard {
    if variable(Self.own.index) != nil { return try shard(of: Self.own) }
    var found: [(name: String, shard: FleetShard)] = []
    for system in Self.systems where variable(system.index) != nil {
      found.append((system.index, try shard(of: system)))
    }
    if variable(Slurm.id) != nil { found.append((Slurm.id, try slurmShard())) }
    // CircleCI counts every job, also one that has no others beside it.
    if found.contains(where: { $0.shard.count > 1 }) { found.removeAll { $0.shard.count == 1 } }
    guard let first = found.first else { throw nothingFound }
    if let other = found.first(where: { $0.shard != first.shard }) {
      throw ValidationError(
        "\(first.name) makes this runner shard \(first.shard.text), and \(other.name) makes it \(other.shard.text): "
          + Self.remedy)
    }
    if variable(Self.own.total) != nil, try number(Self.own.total) != first.shard.count {
      throw ValidationError(
        "the number \(Self.own.total) is \(try number(Self.own.total)), and by \(first.name) there are \(first.shard.count) shards: "
          + "unset \(Self.own.total), or set \(Self.own.index) too")
    }
    return first.shard
  }

  private static let remedy =
    "set \(own.index) (from 0) and \(own.total), or write --shard I/N"

  /// Where no system says the place: one that says the number of runners alone, or none.
  private var nothingFound: ValidationError {
    let pairs =
      [(Self.own.total, Self.own.index)] + Self.systems.map { ($0.total, $0.index) }
      + [(Slurm.count, Slurm.id)]
    if let half = pairs.first(where: { variable($0.0) != nil }) {
      return ValidationError("\(half.0) is set, and \(half.1) is not: \(Self.remedy)")
    }
    return ValidationError(
      "nothing in the environment tells which of how many runners this is: \(Self.remedy)")
  }

  private func shard(of system: System) throws -> FleetShard {
    guard variable(system.total) != nil else {
      throw ValidationError(
        "\(system.index) is set, and \(system.total) is not: set it to the number of runners")
    }
    return try shard(
      place: try number(system.index) - system.first, of: try number(system.total),
      "\(system.index) is \(try number(system.index)), counted from \(system.first)", system.total)
  }

  /// `told` says what the place is made of, `total` is the variable with the number of runners.
  private func shard(place: Int, of count: Int, _ told: String, _ total: String) throws
    -> FleetShard
  {
    guard (1...FleetShard.limit).contains(count) else {
      throw ValidationError(
        "\(total) is \(count): there may be 1 to \(FleetShard.limit) shards")
    }
    guard (0..<count).contains(place), let shard = FleetShard(place + 1, of: count) else {
      throw ValidationError(
        "the place \(told), and \(total) is \(count): there is no such shard")
    }
    return shard
  }

  /// A whole number in digits, which has no sign and no space around it.
  private func number(_ name: String) throws -> Int {
    let text = variable(name) ?? ""
    guard !text.isEmpty,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      text.utf8.count < 10,
      let number = Int(text)
    else {
      throw ValidationError(
        "\(name) is \"\(text.shortened(to: 40).shownSafely)\", which is not a whole number")
    }
    return number
  }

  // MARK: Slurm

  /// The variables of a job array of Slurm, whose indexes may begin anywhere and go in steps.
  private enum Slurm {
    static let id = "SLURM_ARRAY_TASK_ID"
    static let count = "SLURM_ARRAY_TASK_COUNT"
    static let min = "SLURM_ARRAY_TASK_MIN"
    static let max = "SLURM_ARRAY_TASK_MAX"
    static let step = "SLURM_ARRAY_TASK_STEP"
  }

  private func slurmShard() throws -> FleetShard {
    for name in [Slurm.count, Slurm.min] where variable(name) == nil {
      throw ValidationError("\(Slurm.id) is set, and \(name) is not: \(Self.remedy)")
    }
    let (id, first, count) = (
      try number(Slurm.id), try number(Slurm.min), try number(Slurm.count)
    )
    let step = variable(Slurm.step) == nil ? 1 : try number(Slurm.step)
    guard step > 0 else { throw ValidationError("the step \(Slurm.step) is 0: \(Self.remedy)") }
    let last = variable(Slurm.max) == nil ? nil : try number(Slurm.max)
    let isRegular = last.map { $0 >= first && ($0 - first) / step + 1 == count } ?? true
    guard isRegular, id < first || (id - first) % step == 0 else {
      throw ValidationError(
        "no place for \(Slurm.id) \(id) is in the array by \(Slurm.min), \(Slurm.max), \(Slurm.step) and \(Slurm.count), "
          + "which may be a list with gaps: \(Self.remedy)")
    }
    return try shard(
      place: id < first ? -1 : (id - first) / step, of: count,
      "\(Slurm.id) is \(id), counted from \(first) by \(step)", Slurm.count)
  }
}
