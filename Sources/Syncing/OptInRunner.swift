import RunningProcess
package import TinyforgeCore
import WorkloadStore

/// Opts a workload in to GitOps or out of it, by the server's rules.
package struct OptInRunner {
  /// What is wanted.
  package enum Wish: Sendable, Equatable {
    /// The path of the spec; nil keeps the one that the workload has.
    case enabled(path: String?)
    case disabled
  }

  private let writer: WorkloadWriter

  /// Creates one from its parts.
  package init(writer: WorkloadWriter) { self.writer = writer }

  /// Carries the wish out on the row of that id.
  ///
  /// A workload that is as wished already is not written at all.
  package func run(_ wish: Wish, on shown: Workload) async -> OptInReport {
    do {
      return try await writer.locked([shown.id]) { rows throws(Failure) in
        guard let row = try rows.row(of: shown) else {
          return .done(OptInReport(shown, .vanished))
        }
        let target = Self.target(wish, row)
        if let fault = Self.fault(wish, row, path: target.gitopsPath) {
          return .done(OptInReport(row, ApplyOutcome(.refused, message: fault)))
        }
        guard let write = write(wish, from: row, to: target) else {
          return .done(OptInReport(row, ApplyOutcome(.unchanged)))
        }
        switch try rows.write(write) {
        case .written(let written):
          let outcome = ApplyOutcome(.applied, eventID: written.first?.event)
          return .done(OptInReport(target, outcome, changes: Self.changes(from: row, to: target)))
        case .conflict(let row): return .again(row.id)
        case .lockLost: return .again(nil)
        case .vanished: return .done(OptInReport(row, .vanished))
        }
      }
    } catch {
      return OptInReport(shown, ApplyOutcome(error))
    }
  }

  private static func target(_ wish: Wish, _ row: Workload) -> Workload {
    var target = row
    switch wish {
    case .disabled: target.gitopsEnabled = false
    case .enabled(let path):
      target.gitopsEnabled = true
      target.gitopsPath = path ?? (row.gitopsPath.isEmpty ? SpecPath.usual : row.gitopsPath)
    }
    return target
  }

  /// Opting out is never refused: it takes something away that should not be there.
  private static func fault(_ wish: Wish, _ row: Workload, path: String) -> String? {
    guard wish != .disabled else { return nil }
    guard row.servedKind != nil else { return GitOpsWorkload.Refusal.ineligible(row).message }
    return SpecPath.fault(path).map { "the path \"\(path.shownSafely)\" \($0)" }
  }

  private static func changes(from row: Workload, to target: Workload) -> [SyncEvent.Change] {
    var changes: [SyncEvent.Change] = []
    if row.gitopsEnabled != target.gitopsEnabled {
      changes.append(
        .init(
          field: "gitops_enabled", from: .bool(row.gitopsEnabled), to: .bool(target.gitopsEnabled)))
    }
    if !row.gitopsPath.hasSameBytes(as: target.gitopsPath) {
      changes.append(
        .init(field: "gitops_path", from: .string(row.gitopsPath), to: .string(target.gitopsPath)))
    }
    return changes
  }

  private func write(_ wish: Wish, from row: Workload, to target: Workload) -> RowWrite? {
    let changes = Self.changes(from: row, to: target)
    guard !changes.isEmpty else { return nil }
    let isMoved = changes.contains { $0.field == "gitops_path" }
    return RowWrite(
      expected: row, now: UTCTime.rfc3339(Environment.now),
      gitopsEnabled: target.gitopsEnabled == row.gitopsEnabled ? nil : target.gitopsEnabled,
      gitopsPath: isMoved ? target.gitopsPath : nil,
      audit: writer.author.audit(wish == .disabled ? .disable : .enable, row, changes: changes))
  }
}
