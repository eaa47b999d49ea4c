import Glibc
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// The advisory locks of every engine.
@Suite(.ownTime, .hangLimit) struct StoreLockTests {
  @Test(arguments: [StoreEngine.sqlite, .text]) func oneHolderAtATimeAndItIsTold(
    _ engine: StoreEngine
  ) async throws {
    let fixture = try await EngineFixture(engine)
    for id in ["w1", "w2"] { try await fixture.addWorkload(id) }
    let (first, second) = (try fixture.writer(), try fixture.writer())
    let held = try fixture.lock(["w1"], first)
    #expect(held.isHeld)
    #expect(try held.workload(id: "w1") != nil)
    var hints: [String] = []
    let fault = try failure { () throws(Failure) in
      _ = try second.lock(["w1"], EngineFixture.holder, before: .now + .milliseconds(900)) {
        hints.append($0)
      }
    }
    #expect(fault.code == .busy, "\(fault)")
    #expect(
      fault.message
        == "another sync of workload w1 is running: apply 1 of ann b on here, process \(getpid()), "
        + "since 2026-11-24T01:02:03Z")
    #expect(
      hints.count == 1 && hints[0].hasPrefix("waiting for the lock: another sync of workload w1"))
    let other = try fixture.lock(["w2"], second)
    let listed = try fixture.address.heldLocks(on: "here")
    #expect(listed.failures.isEmpty && listed.holder == nil)
    #expect(listed.locks.map(\.workload) == ["w1", "w2"])
    #expect(listed.locks.map(\.name) == ["n-w1", "n-w2"])
    #expect(listed.locks.allSatisfy { $0.holder == EngineFixture.holder && $0.state == .running })
    other.release()
    held.release()
    #expect(try fixture.address.heldLocks(on: "here").locks.isEmpty)
    let again = try fixture.lock(["w1", "w2"], second)
    again.release()
  }

  @Test(arguments: [StoreEngine.sqlite, .text]) func oddIDsHaveLocksOfTheirOwn(
    _ engine: StoreEngine
  ) async throws {
    let fixture = try await EngineFixture(engine)
    for id in StoreReadingTests.oddIDs { try await fixture.addWorkload(id) }
    let held = try fixture.lock(StoreReadingTests.oddIDs, fixture.writer())
    let other = try fixture.writer()
    for id in StoreReadingTests.oddIDs {
      let fault = try failure { () throws(Failure) in
        _ = try fixture.lock([id], other, for: .milliseconds(30))
      }
      #expect(fault.code == .busy)
    }
    let listed = try fixture.address.heldLocks(on: "here").locks.map(\.workload)
    #expect(
      Set(listed.map(WorkloadKey.init)) == Set(StoreReadingTests.oddIDs.map(WorkloadKey.init)))
    held.release()
    try fixture.lock(StoreReadingTests.oddIDs, other).release()
  }

  /// A wait ends as soon as the run is to end.
  @Test(arguments: [StoreEngine.sqlite, .text]) func aSignalEndsTheWait(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let held = try fixture.lock(["w1"], fixture.writer())
    let start = ContinuousClock.now
    let waiting = try fixture.writer { ContinuousClock.now - start > .milliseconds(700) }
    let fault = try failure { () throws(Failure) in
      _ = try fixture.lock(["w1"], waiting, for: .seconds(60))
    }
    #expect(fault.code == .interrupted && ContinuousClock.now - start < .seconds(30), "\(fault)")
    held.release()
  }

  /// What is waited for is had as soon as it is free.
  @Test(arguments: [StoreEngine.sqlite, .text]) func aFreedLockIsTaken(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let held = try fixture.lock(["w1"], fixture.writer())
    let writer = try fixture.writer()
    let rows = try writer.lock(["w1"], EngineFixture.holder, before: .now + .seconds(60)) { _ in
      held.release()
    }
    #expect(rows.isHeld)
  }
}
