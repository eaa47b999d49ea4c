package import ArgumentParser
package import TinyforgeCore
package import ToolSupport

/// Workloads that are named without an option.
package struct WorkloadOperands: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Workloads, by id or name, as with --workload.", valueName: "workload"),
    completion: WorkloadCompletion.kind)
  package var names: [String] = []

  /// No workloads.
  package init() {}

  /// The workloads of a line that is read directly, once its options are taken.
  package init(_ line: inout DirectLine) {
    names = line.operands()
  }
}

extension Failure {
  /// The failure, with a hint if the name that was given for a workload resembles a subcommand.
  ///
  /// `names` are the words of the command line that could be workloads.
  package func hinting(at command: (some ParsableCommand).Type, for names: [String]) -> Failure {
    guard code == .notFound || code == .usage, let word = names.first,
      let meant = Subcommand.meant(by: word, of: command)
    else { return self }
    let tool = command.configuration.commandName ?? ""
    return Failure(code, message, remedy: "for the subcommand write: \(tool) \(meant)")
  }
}

/// Subcommands by other words than their own.
private enum Subcommand {
  /// What other tools call what is a subcommand here.
  private static let synonyms = [
    "rollback": "revert", "undo": "revert", "restore": "revert", "log": "history",
    "unlock": "locks",
    "on": "enable", "off": "disable", "check": "doctor", "diagnose": "doctor", "join": "merge",
  ]

  /// The subcommand that a word was probably meant for.
  static func meant(by word: String, of command: (some ParsableCommand).Type) -> String? {
    let names = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    if let name = synonyms[word.lowercased()], names.contains(name) { return name }
    // A workload's name may be shortened to three letters at least.
    return word.unicodeScalars.count < 3 ? nil : NearestName.find(word, among: names)
  }
}
