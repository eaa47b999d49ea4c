package import TinyforgeCore

/// Renders the locks that are held as `tinyforge.locks/v1` JSON.
package enum LocksJSON {
  /// Renders the report.
  package static func render(_ locks: [HeldLock], holder: DatabaseHolder? = nil) -> String {
    let document: JSONValue = [
      "schema": "tinyforge.locks/v1", "locks": .array(locks.map(lock)),
      "database_writer": holder.map(process) ?? .null,
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private static func lock(_ lock: HeldLock) -> JSONValue {
    [
      "workload": .string(lock.workload), "name": .string(lock.name),
      "state": .string(lock.state.rawValue), "holder": lock.holder.map(holder) ?? .null,
    ]
  }

  private static func process(_ holder: DatabaseHolder) -> JSONValue {
    [
      "pid": holder.processID.map { .integer($0) } ?? .null, "program": .string(holder.program),
      "exclusive": .bool(holder.isExclusive),
    ]
  }

  private static func holder(_ holder: LockHolder) -> JSONValue {
    [
      "pid": .integer(holder.processID), "host": .string(holder.host),
      "actor": .string(holder.actor), "since": .string(holder.since),
      "tool": .string(holder.tool),
    ]
  }
}
