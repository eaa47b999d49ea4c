package import ArgumentParser
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadStore

/// What a shell offers for a workload: the ids and names of the database that the command line or `TINYFORGE_DB` names.
package enum WorkloadCompletion {
  /// The kind for arguments that name a workload.
  package static let kind = CompletionKind.custom { words, _, _ in
    // A shell shows no messages: without a database nothing is offered.
    guard let path = CompletedLine(words).value(of: "--db") ?? Environment.variable("TINYFORGE_DB"),
      let database = try? StoreEngines.address(NamedDatabase(path).path).open(patience: .zero),
      let rows = try? database.workloads()
    else { return [] }
    let names = Set(rows.flatMap { [$0.name, $0.id] }).filter { name in
      // What a shell would have to quote, or show escaped, is typed by hand.
      !name.isEmpty
        && name.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0 != "\u{7F}" }
    }
    return names.sorted()
  }
}
