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

  /// The list, and who writes the databases where somebody does.
  package func render(_ locks: [HeldLock], holders: [DatabaseHolder] = []) -> String {
    let writers = holders.map { holder in
      (holder.server.map { "\($0): " } ?? "") + phrases.databaseHolder(holder) + "\n"
    }
    return style.wrapped(render(locks) + writers.joined())
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
