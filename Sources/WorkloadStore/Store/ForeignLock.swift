import TinyforgeCore

/// A lock of a workload that another process holds, as it is described.
struct ForeignLock {
  let workload: String
  /// Nil where it is not known.
  let holder: LockHolder?
  /// What its process does, as far as this machine can say.
  let state: LockHolder.State

  /// Such as `another sync of workload w1 is running: apply 0.9 of ann on host, process 17, since …`.
  var sentence: String {
    let what = "another sync of workload \(workload.shownSafely) is running"
    guard let holder else { return what }
    return "\(what): \(holder.tool.shownSafely) of "
      + "\(holder.actor.shownSafely) on \(holder.host.shownSafely), process \(holder.processID)"
      + "\(state == .suspended ? ", suspended" : ""), since \(holder.since.shownSafely)"
  }

  /// What is said once while it is waited for.
  var hint: String { "waiting for the lock: \(sentence)" }

  /// The failure of who waited for it long enough.
  var failure: Failure { Failure(.busy, sentence, remedy: remedy) }

  private var remedy: Remedy {
    guard let holder, state == .suspended else {
      return "try again later, or see who holds it: apply locks"
    }
    return "let it go on: kill -CONT \(holder.processID), or end it: kill -KILL \(holder.processID)"
  }
}
