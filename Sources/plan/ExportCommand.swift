import ArgumentParser
import FleetReading
import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// `plan export`, which makes specs of live configs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Writes the spec of what is live: of one workload, of all, or into a spec that is there.",
    discussion: HelpText.discussion(
      examples: [
        "plan export shop                                # print the spec",
        "plan export --all --into specs                  # specs/OWNER/REPO/PATH, a file for each workload",
        "plan export shop --update ~/src/shop/.tinyforge.yml   # take edits made in the panel back",
        "plan export shop --repo ~/src/shop --field port # declare one more field",
      ],
      """
      A spec declares every field that the workload's source honours and that the live config holds. What no spec may say is left out \
      with a note; nothing that looks like a credential is written. In a spec that is there, only the values of declared fields change.
      """, statuses: [.clean, .findings, .failed, .busy]))

  @OptionGroup var operands: WorkloadOperands
  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp(
      "Take the live values of a snapshot instead of a database's (drift --snapshot writes one).",
      valueName: "file"),
    completion: .file())
  var live: String?

  @Option(
    name: .customLong("workload"),
    help: ArgumentHelp("A workload, by id or name; may be repeated.", valueName: "id|name"),
    completion: WorkloadCompletion.kind)
  var workloads: [String] = []

  @Flag(help: "Every workload whose source GitOps serves, opted in or not.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Write a file for each workload: OWNER/REPO/PATH in this folder.", valueName: "dir"),
    completion: .directory)
  var into: String?

  @Flag(help: "Replace files that are there.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Write the live values of the declared fields into this spec.", valueName: "file"),
    completion: .file())
  var update: String?

  @Option(
    help: ArgumentHelp("The same for the workload's spec in this work tree.", valueName: "dir"),
    completion: .directory)
  var repo: String?

  @Option(
    help: ArgumentHelp(
      "Declare a field that the spec does not declare yet; may be repeated.",
      valueName: SpecFieldTable.all.map(\.name).joined(separator: "|")),
    completion: .list(SpecFieldTable.all.map(\.name)), transform: Self.field)
  var field: [SpecField] = []

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: ConsoleOptions

  private static func field(_ name: String) throws -> SpecField {
    guard let field = SpecFieldTable.named(name) else {
      let known = SpecFieldTable.all.map(\.name)
      throw ValidationError(
        "there is no field \"\(name.shownSafely)\""
          + (NearestName.find(name, among: known).map { "; did you mean \($0)?" }
            ?? "; known are \(known.joined(separator: ", "))"))
    }
    return field
  }

  func validate() throws {
    if all, !workloads.isEmpty || !operands.names.isEmpty {
      throw ValidationError("--all takes every workload, so none can be named beside it")
    }
    if [into, update, repo].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--into, --update and --repo name different places; use one")
    }
    if force, into == nil {
      throw ValidationError("--force replaces files of --into; name its folder")
    }
    if !field.isEmpty, update == nil, repo == nil {
      throw ValidationError("--field adds to a spec that is there; name it with --update or --repo")
    }
  }

  func run() throws {
    let console = output.console
    let (rows, withheld) = try chosenRows(console)
    if let into {
      let status = try ExportFolder(into, force: force, withheld: withheld, console).write(rows)
      throw status.code
    }
    guard rows.count == 1, let row = rows.first else {
      throw Failure(
        .usage, "\(rows.count) workloads are selected, and one spec is written here",
        remedy: "name one workload, or write all of them with --into DIR")
    }
    let exported = try GitOpsWorkload(exporting: row)
    let hidden = withheld[row.key] ?? []
    if update != nil || repo != nil { return try updateSpec(of: exported, hidden, console) }
    let made = SpecExport.spec(
      of: exported.liveConfig, source: exported.sourceKind, withheld: hidden)
    for note in made.leftOut { console.warn(note) }
    try console.print(made.text)
    guard !row.gitopsEnabled else { return }
    console.hint(
      "to let this spec decide, commit it as \(row.gitopsPath.shownSafely), then: apply enable \(ShellWord(row.id))"
    )
  }

  /// The chosen rows, and the fields that a snapshot leaves out.
  private func chosenRows(_ console: Console) throws(Failure) -> (
    [Workload], withheld: [WorkloadKey: [String]]
  ) {
    let names = workloads + operands.names
    guard !names.isEmpty || all else {
      throw Failure(
        .usage, "no workload is named",
        remedy: "name workloads by id or name, or take them all with --all")
    }
    let snapshot: LiveSnapshot?
    if let live {
      snapshot = try SnapshotFile.read(live, hint: console.hint)
    } else {
      snapshot = nil
    }
    let rows: [Workload]
    if let snapshot {
      rows = snapshot.workloads.map(\.workload)
    } else {
      rows = try database.address().open(hint: console.hint).workloads()
    }
    let selected =
      all
      ? rows.filter { $0.servedKind != nil }
      : try WorkloadSelection(names: names, all: false)
        .choose(among: rows, of: snapshot == nil ? .database : .snapshot)
    return (selected, snapshot?.withheld ?? [:])
  }

  // MARK: A spec that is there

  private func updateSpec(
    of exported: GitOpsWorkload, _ withheld: [String], _ console: Console
  ) throws {
    let file = try specFile(of: exported.row)
    let shown = file.string.shownSafely
    let bytes = try WholeFile.read(file.string, as: "the spec")
    let updated: SpecExport.Updated
    do throws(SpecExport.Refusal) {
      updated = try SpecExport.update(
        bytes, from: exported.liveConfig, source: exported.sourceKind, adding: field,
        withheld: withheld)
    } catch {
      let place = error.place.map { ":\($0.line):\($0.column)" } ?? ""
      console.report(
        Failure(.usage, "\(shown)\(place): \(error.message)", remedy: "\(prose: error.remedy)"))
      throw ExitStatus.findings.code
    }
    guard !updated.changes.isEmpty else {
      return console.hint("the spec \(shown) says what is live already; nothing was changed")
    }
    try Interruption.whileHeld { () throws(Failure) in
      try WorkTreeFile.rewrite(file, from: bytes, to: updated.bytes)
    }
    try console.print(
      updated.changes.map { change in
        let old = change.from.map { "\(Self.shown($0)) → " } ?? ""
        return "\(shown): \(change.field) \(old)\(Self.shown(change.to))\n"
      }.joined())
  }

  private func specFile(of row: Workload) throws(Failure) -> FilePath {
    if let update { return GivenPaths.path(ofOption: "--update", update) }
    if let fault = SpecPath.fault(row.gitopsPath) {
      throw Failure(
        .usage,
        "the path \"\(row.gitopsPath.shownSafely)\" of the workload \(row.id.shownSafely) \(fault)",
        remedy: "name the spec with --update FILE")
    }
    return GivenPaths.path(ofOption: "--repo", repo ?? ".").appending(row.gitopsPath)
  }

  private static func shown(_ value: FieldValue) -> String {
    switch value {
    case .integer(let number): String(number)
    case .text(let text): text.isEmpty ? "\"\"" : text.shownSafely
    }
  }
}

extension GitOpsWorkload {
  /// A row whose spec is to be written, opted in or not.
  init(exporting row: Workload) throws(Failure) {
    do throws(Refusal) {
      try self.init(row, includingDisabled: true)
    } catch {
      let id = row.id.shownSafely
      if case .unusableConfig(let failure) = error {
        throw Failure(
          failure.code, "the workload \(id): \(failure.message)", remedy: failure.remedy)
      }
      throw Failure(
        .usage, "the workload \(id): \(error.message)",
        remedy: "name a workload whose source is dockerfile or static")
    }
  }
}
