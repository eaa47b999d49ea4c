import ProviderHTTP
import RunningProcess
import TinyforgeCore

/// The state of a run over many workloads: what is to be done next, and what can be given back.
///
/// Workloads are begun in chunks, on as many tasks as there are cores. Those that take a forge wait
/// in a lane of its own, so that a slow forge holds up none but its own workloads.
struct FleetRun<Result: Sendable> {
  /// What a task brought.
  enum Step: Sendable {
    /// A chunk's workloads, from the first one's number on.
    case chunk(Int, [Begun])
    case remote(HTTPOrigin, Int, Result)
  }

  enum Begun: Sendable {
    case done(Result)
    case remote(Inspection.Remote)
  }

  private struct Lane {
    var active = 0
    var waiting: [(number: Int, remote: Inspection.Remote)] = []
    /// The first of `waiting` that was not begun.
    var next = 0
  }

  private let chunks: [ArraySlice<Workload>]
  private let inspection: Inspection
  private let make: @Sendable (InspectedWorkload) -> Result
  private let localJobs: Int
  private let remoteJobs: Int
  /// How many workloads are begun ahead of the first that is not done.
  private let window: Int
  private var started = 0
  private var running = 0
  private var lanes: [HTTPOrigin: Lane] = [:]
  private var order = InOrder<Result>()
  /// How many workloads are done.
  private(set) var done = 0

  init(
    _ workloads: [Workload], _ inspection: Inspection, jobs: Int?,
    _ make: @escaping @Sendable (InspectedWorkload) -> Result
  ) {
    localJobs = max(1, jobs ?? Environment.processorCount)
    remoteJobs = max(1, jobs ?? Fleet.remoteJobs)
    // Few enough for each to keep every reader busy, many enough to cost nothing themselves. The first
    // are of one workload, so that the reader of the results can start early.
    let size = max(1, min(8, workloads.count / (localJobs * 4)))
    var chunks: [ArraySlice<Workload>] = []
    var rest = workloads[...]
    while !rest.isEmpty {
      chunks.append(rest.prefix(chunks.count < localJobs ? 1 : size))
      rest = rest.dropFirst(chunks.last?.count ?? 0)
    }
    self.chunks = chunks
    window = 256 * size
    self.inspection = inspection
    self.make = make
  }

  /// How many chunks are begun at once.
  ///
  /// As many run as there are processors; more wait in line, so that reading goes on while results are
  /// made use of. Not before the first result, which would wait in the same line.
  private var localTasks: Int {
    done == 0 || localJobs < Environment.processorCount ? localJobs : localJobs * 4
  }

  /// What to begin now.
  mutating func tasks() -> [@Sendable () async -> Step] {
    var tasks: [@Sendable () async -> Step] = []
    while started < chunks.count, running < localTasks,
      chunks[started].startIndex < order.next + window
    {
      tasks.append(begin(chunks[started]))
      started += 1
      running += 1
    }
    for origin in Array(lanes.keys) {
      while let task = nextTask(in: origin) { tasks.append(task) }
    }
    return tasks
  }

  private func begin(_ chunk: ArraySlice<Workload>) -> @Sendable () async -> Step {
    { [inspection, make] in
      var begun: [Begun] = []
      for workload in chunk where !Task.isCancelled {
        switch await inspection.begin(workload) {
        case .done(let look): begun.append(.done(make(look)))
        case .remote(let remote): begun.append(.remote(remote))
        }
      }
      return .chunk(chunk.startIndex, begun)
    }
  }

  private mutating func nextTask(in origin: HTTPOrigin) -> (@Sendable () async -> Step)? {
    guard var lane = lanes[origin], lane.active < remoteJobs, lane.next < lane.waiting.count else {
      return nil
    }
    let (number, remote) = lane.waiting[lane.next]
    lane.next += 1
    lane.active += 1
    lanes[origin] = lane
    return { [inspection, make] in
      .remote(origin, number, make(await inspection.finish(remote)))
    }
  }

  /// Takes what a task brought; returns what can be given back, in the order of the workloads.
  mutating func take(_ step: Step) -> [Result] {
    switch step {
    case .chunk(let first, let begun):
      running -= 1
      for (offset, one) in begun.enumerated() {
        switch one {
        case .done(let result): finish(result, first + offset)
        case .remote(let remote):
          lanes[remote.origin, default: Lane()].waiting.append((first + offset, remote))
        }
      }
    case .remote(let origin, let number, let result):
      lanes[origin]?.active -= 1
      finish(result, number)
    }
    return order.ready()
  }

  private mutating func finish(_ result: Result, _ number: Int) {
    done += 1
    order.take(result, at: number)
  }
}

/// Gives back in order what comes in any order.
private struct InOrder<Item> {
  /// The number that is given back next.
  private(set) var next = 0
  private var waiting: [Int: Item] = [:]

  mutating func take(_ item: Item, at number: Int) {
    waiting[number] = item
  }

  /// What can be given back by now.
  mutating func ready() -> [Item] {
    var ready: [Item] = []
    while let item = waiting.removeValue(forKey: next) {
      ready.append(item)
      next += 1
    }
    return ready
  }
}
