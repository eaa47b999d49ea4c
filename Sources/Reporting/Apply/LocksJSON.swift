package import TinyforgeCore

/// Renders the locks that are held as `tinyforge.locks/v1` JSON.
package enum LocksJSON {
  /// Renders the report.
  package static func render(_ locks: [HeldLock], holders: [DatabaseHolder] = []) -> String {
    let document: JSONValue = [
      "schema": "tinyforge.locks/v1", "locks": .array(locks.map(lock)),
      "database_writer": holders.first.map(process) ?? .null,
    ]
    let whole =
      holders.count > 1
      ? document.adding("database_writers", .array(holders.map(process))) : document
    return JSONWriter.indented(whole) + "\n"
  }

  private static func lock(_ lock: HeldLock) -> JSONValue {
    let value: JSONValue = [
      "workload": .string(lock.workload), "name": .string(lock.name),
      "state": .string(lock.state.rawValue), "holder": lock.holder.map(holder) ?? .null,
    ]
    return lock.server.map { value.adding("server", .string($0)) } ?? value
  }

  private static func process(_ holder: DatabaseHolder) -> JSONValue {
    let value: JSONValue = [
      "pid": holder.processID.map { .integer($0) } ?? .null, "program": .string(holder.program),
      "exclusive": .bool(holder.isExclusive),
    ]
    return holder.server.map { value.adding("server", .string($0)) } ?? value
  }

  private static func holder(_ holder: LockHolder) -> JSONValue {
    [
      "pid": .integer(holder.processID), "host": .string(holder.host),
      "actor": .string(holder.actor), "since": .string(holder.since),
      "tool": .string(holder.tool),
    ]
  }
}
