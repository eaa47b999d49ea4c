package import TinyforgeCore

/// Renders the locks that are held as a table.
package struct LocksText {
  private let phrases: Phrases
  private let style: TextStyle

  /// Creates one from its parts.
  package init(phrases: Phrases, style: TextStyle) {
    self.phrases = phrases
    self.style = style
  }

  /// The list, and who writes the database where somebody does.
  package func render(_ locks: [HeldLock], writer: DatabaseWriter? = nil) -> String {
    style.wrapped(render(locks) + (writer.map { phrases.databaseWriter($0) + "\n" } ?? ""))
  }

  private func render(_ locks: [HeldLock]) -> String {
    guard !locks.isEmpty else { return phrases.noLocks + "\n" }
    var table = TextTable(phrases.locksHeader, style: style)
    for lock in locks { table.add(cells(lock)) }
    return table.render()
  }

  private func cells(_ lock: HeldLock) -> [(text: String, role: TextStyle.Role?)] {
    let workload = lock.title.shownSafely
    guard let holder = lock.holder else {
      return [(workload, .strong), ("?", nil), ("?", nil), (phrases.state(lock.state), nil)]
    }
    return [
      (workload, .strong), ("\(holder.actor)@\(holder.host)".shownSafely, nil),
      ("\(holder.processID)", nil),
      (phrases.state(lock.state), lock.state == .suspended ? .warning : nil),
      (holder.since.shownSafely, nil), (holder.tool.shownSafely, .faint),
    ]
  }
}

/// Renders the locks that are held as `tinyforge.locks/v1` JSON.
package enum LocksJSON {
  /// Renders the report.
  package static func render(_ locks: [HeldLock], writer: DatabaseWriter? = nil) -> String {
    let document: JSONValue = [
      "schema": "tinyforge.locks/v1", "locks": .array(locks.map(lock)),
      "database_writer": writer.map(process) ?? .null,
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private static func lock(_ lock: HeldLock) -> JSONValue {
    [
      "workload": .string(lock.workload), "name": .string(lock.name),
      "state": .string(lock.state.rawValue), "holder": lock.holder.map(holder) ?? .null,
    ]
  }

  private static func process(_ writer: DatabaseWriter) -> JSONValue {
    [
      "pid": writer.processID.map { .integer($0) } ?? .null, "program": .string(writer.program),
      "exclusive": .bool(writer.isExclusive),
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
