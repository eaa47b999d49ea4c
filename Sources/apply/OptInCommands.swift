import ArgumentParser
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// `apply enable`, which opts a workload in to GitOps.
struct EnableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Opts a workload in to GitOps; syncs nothing.",
    discussion: HelpText.discussion(
      examples: [
        "apply enable shop --path services/api/.tinyforge.yml"
      ],
      """
      Changes the workload's GitOps columns alone, with a row in the event log. A workload that is \
      opted in already, with that path, is left as it is. A path that leaves the repository, and a source that GitOps \
      does not serve, are refused.
      """, statuses: [.clean, .findings, .failed, .busy]))

  @OptionGroup var workload: SingleWorkload

  @Option(
    help: "The spec's path in its repository (default: the one it has, or .tinyforge.yml).",
    completion: .file())
  var path: String?

  @OptionGroup var options: OptInOptions

  @Flag(help: "Exit with 0 even where the workload is refused.")
  var exitZero = false

  func run() async throws {
    try await options.run(.enabled(path: path), on: workload) { $0.reportedOnly(exitZero) }
  }
}

/// `apply disable`, which opts a workload out of GitOps.
struct DisableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Opts a workload out of GitOps; its config stays as it is.",
    discussion: HelpText.discussion(
      examples: [
        "apply disable shop"
      ],
      """
      plan, drift and apply then leave the workload out, and its live config stays as it is. Changes the workload's \
      GitOps columns alone, with a row in the event log. Path and last sync are kept. A workload that is not opted in is \
      left as it is.
      """, statuses: [.clean, .failed, .busy]))

  @OptionGroup var workload: SingleWorkload
  @OptionGroup var options: OptInOptions

  func run() async throws { try await options.run(.disabled, on: workload) }
}
