import ArgumentParser
import FleetReading
import ProviderHTTP
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// `plan doctor`, which looks at what the tools rest on.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks at database, mirrors, tokens and clock, and prints a fix for each problem.",
    discussion: HelpText.discussion(
      examples: [
        "plan doctor --mirrors /srv/mirrors",
        "plan doctor --read-only   # what plan and drift need",
      ],
      """
      Nothing is changed. A database on a file system that is mounted read-only is checked as with \
      --read-only. Warnings alone end with 0.
      """, statuses: [.clean, .findings, .failed]))

  @OptionGroup var workloads: WorkloadOptions

  @Option(
    help: ArgumentHelp(
      "Warn of mirrors that were not fetched for this long (default: 7d): a number and its unit, such as 7d, 12h or 30m.",
      valueName: "age"), transform: MirrorAge.named)
  var staleAfter = MirrorAge(days: 7)

  @Option(
    help: ArgumentHelp(
      "How the result is written (default: text).", valueName: DoctorFormat.choice),
    completion: DoctorFormat.completion,
    transform: DoctorFormat.named)
  var format: DoctorFormat = .text

  @Flag(help: "Look only at what plan and drift need: the database is read, not written.")
  var readOnly = false

  @Option(
    help: ArgumentHelp(
      "Warn if every user can read this file, which drift --notify-url-file is given.",
      valueName: "file"), completion: .file())
  var notifyUrlFile: String?

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = output.console
    var reports: [(server: String?, report: DoctorReport)] = []
    for address in try workloads.addresses() {
      reports.append((address.server, try await doctor(address).examine()))
    }
    let report = DoctorReport(joining: reports)
    switch format {
    case .text:
      try console.print(DoctorText(phrases: language.phrases, style: console.output).render(report))
    case .json: try console.print(DoctorJSON.render(report), as: .json)
    }
    throw output.status(ExitStatus(report)).code
  }

  private func doctor(_ address: ServerAddress) throws(Failure) -> Doctor {
    let options = workloads
    let tokenFile = options.specs.fetching.network.tokenFile
    return try Doctor(
      address,
      StoreExamination(
        aim: readOnly ? .reading : .writing, userName: Environment.userName,
        hostName: Environment.hostName, now: Environment.now),
      selection: workloads.selection,
      locate: { (rows, usesTokens) throws(Failure) in
        try options.specPlaces().locator(for: rows, usesTokens: usesTokens)
      },
      tokenFile: tokenFile,
      secrets: [.tokens(tokenFile), .webhookAddress(notifyUrlFile)].compactMap(\.self),
      staleAfter: staleAfter.seconds)
  }
}

/// How the doctor's findings are written.
enum DoctorFormat: String, FormatChoice { case text, json }
