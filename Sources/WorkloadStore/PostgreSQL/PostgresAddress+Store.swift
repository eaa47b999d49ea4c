import TinyforgeCore

extension PostgresAddress: StoreAddress {
  /// `recovers` means nothing here: the server itself recovers.
  func open(
    patience: Duration, recovers: Bool, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(Failure) -> any WorkloadStore {
    try PostgresStore(self, isInterrupted: isInterrupted)
  }

  func heldLocks(on host: String) throws(Failure) -> HeldLocks {
    let store = try PostgresStore(self) { false }
    let holders = try store.holders()
    guard !holders.isEmpty else { return HeldLocks(locks: [], holder: nil, failures: []) }
    var locks: [HeldLock] = []
    // A lock is known by a number that is made of the id.
    for workload in try store.workloads() {
      guard let holder = holders[PostgresLock.key(of: workload.id)] else { continue }
      locks.append(
        HeldLock(
          workload: workload.id, name: workload.name, holder: holder,
          state: holder?.state(on: host) ?? .unknown))
    }
    return HeldLocks(
      locks: locks.sorted { $0.workload < $1.workload }, holder: nil, failures: [])
  }

  func makePlanKey() throws(Failure) -> [UInt8] {
    let store = try PostgresStore(self) { false }
    do throws(Failure) {
      return try PostgresPlanKey(store.identity()).readOrMake()
    } catch {
      throw Failure(
        error.code,
        "it needs a key, which keeps guesses of secrets from being tested against it. \(error.message)",
        remedy: error.remedy)
    }
  }

  func examine(_ examination: StoreExamination, _ report: inout DoctorReport)
    -> (any WorkloadStore)?
  {
    PostgresExamination(self, examination).examine(&report)
  }
}

extension PostgresStore {
  func planKey() throws(Failure) -> [UInt8]? { try PostgresPlanKey(identity()).read() }

  var planKeyPlace: String {
    (try? identity()).map { PostgresPlanKey($0).path } ?? "the key of saved plans"
  }
}
