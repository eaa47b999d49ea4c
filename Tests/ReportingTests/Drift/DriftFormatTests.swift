import DriftTracking
import Reporting
import RussianMessages
import TestSupport
import Testing
import TinyforgeCore

/// Drift in each form: as expected for a report, in each language.
@Suite(.ownTime, .hangLimit) struct DriftFormatTests {
  init() { Translations.use(Messages.russian) }

  /// A form, and how a report is written in it; a suffix is the language.
  enum Form: String, CaseIterable {
    case text, markdown, github, gitlab, sarif, junit, prometheus
    case russianText = "ru.text"
    case russianMarkdown = "ru.markdown"
    case russianGitHub = "ru.github"

    /// As it is printed.
    func render(_ report: DriftReport) -> String {
      var guarding = CommandGuard()
      return guarding.guarded(made(report), as: guardForm)
    }

    private var guardForm: CommandGuard.Form {
      switch self {
      case .github, .russianGitHub: .commands
      case .gitlab, .sarif: .json
      case .junit: .markup
      case .text, .russianText, .markdown, .russianMarkdown, .prometheus: .text
      }
    }

    private func made(_ report: DriftReport) -> String {
      let phrases = Phrases(rawValue.hasPrefix("ru.") ? .ru : .en)
      let style = TextStyle(coloured: false)
      return switch self {
      case .text, .russianText: DriftText(phrases: phrases, style: style).render(report)
      case .markdown, .russianMarkdown: DriftMarkdown(phrases: phrases).render(report)
      case .github, .russianGitHub: DriftGitHub(phrases: phrases).render(report)
      case .gitlab: DriftGitLab(phrases: phrases).render(report)
      case .sarif: DriftSARIF(phrases: phrases, of: Toolkit(version: "1.0.0")).render(report)
      case .junit: DriftJUnit(phrases: phrases).render(report)
      case .prometheus: DriftPrometheus().render(report)
      }
    }
  }

  /// Each `NAME.FORM` in `Cases` holds what the report `NAME.json` is in that form.
  @Test(
    arguments: Form.allCases,
    GoldenCase.all(inputSuffix: ".json", expectedSuffix: "", beside: #filePath))
  func isAsExpected(_ form: Form, _ test: GoldenCase) throws {
    let report = try DriftReport(json: try readFile(test.input), name: test.name)
    let text = form.render(report)
    #expect(!text.unicodeScalars.contains { $0.isUnsafeToShow && $0 != "\n" })
    try expectFile(String(test.input.dropLast("json".count)) + form.rawValue, toHold: text)
  }

  // MARK: Readers

  /// What each reader makes of every case, and of hostile reports: no fault, and as many findings as
  /// there are.
  @Test func readersTakeThem() async throws {
    let scratch = try Scratch()
    let reports = try Self.cases() + Self.hostile()
    for form in [Form.sarif, .github, .gitlab] {
      let files = try reports.enumerated().map { index, report in
        try scratch.write("\(index).\(form.rawValue)", form.render(report))
      }
      let seen = try await validated(form.rawValue, files)
      let expected = reports.map { Self.issues($0, form) }
      if form != .github { #expect(seen == expected, "\(form)") }
    }
    let files = try reports.enumerated().map { index, report in
      try scratch.write("\(index).xml", Form.junit.render(report))
    }
    try await expectJUnit(files, cases: reports.map(\.workloads.count))
  }

  /// Prometheus' own parser and linter; then its samples against the report.
  @Test func prometheusTakesIt() async throws {
    for report in try Self.cases() + Self.hostile().prefix(40) {
      let text = Form.prometheus.render(report)
      let result = try await run("promtool", ["check", "metrics"], input: text)
      #expect(result.status == 0, "\(result.error)\n\(text.prefix(2_000))")
      let lines = text.split(separator: "\n").filter { $0.first != "#" }
      let statuses = lines.filter { $0.hasPrefix("tinyforge_drift_workload_status{") }
      #expect(statuses.count == report.workloads.count)
      let drifted = lines.filter { $0.hasPrefix("tinyforge_drift_workload_drifted_fields{") }
      let sum = drifted.reduce(0) { $0 + (Int($1.split(separator: " ").last ?? "") ?? 0) }
      let ok = report.workloads.filter { $0.status == .ok }
      #expect(sum == ok.reduce(0) { $0 + $1.drift.count })
    }
  }

  /// Neither lines, values nor causes are part of what a finding is known by.
  @Test func fingerprintsStayAsLongAsTheDrift() throws {
    var report = try #require(try Self.cases().first { $0.workloads.count == 9 })
    let before = Form.gitlab.render(report)
    let index = try #require(report.workloads.firstIndex { !$0.drift.isEmpty })
    report.workloads[index].drift[0].line += 10
    report.workloads[index].drift[0].endLine += 10
    report.workloads[index].drift[0].live = 4000
    report.workloads[index].drift[0].cause = .both
    let after = Form.gitlab.render(report)
    #expect(before != after)
    let prints = [before, after].map { text in
      text.split(separator: "\n").filter { $0.contains("\"fingerprint\"") }
    }
    #expect(prints[0] == prints[1] && prints[0].count > 5)
  }

  /// What a path in a report of several repositories may be taken for.
  @Test func pathsAreOfOneRepositoryOnly() throws {
    let cases = try Self.cases()
    let single = try #require(cases.first { $0.workloads.count == 1 && $0.summary.drifted == 1 })
    #expect(Form.github.render(single).contains("::warning file=.tinyforge.yml,line=3,"))
    #expect(Form.gitlab.render(single).contains("\"path\": \".tinyforge.yml\""))
    let fleet = try #require(cases.first { $0.workloads.count == 9 })
    #expect(!Form.github.render(fleet).contains("file="))
    #expect(Form.gitlab.render(fleet).contains("\"path\": \"acme/shop/.tinyforge.yml\""))
  }

  private static func cases() throws -> [DriftReport] {
    try GoldenCase.all(inputSuffix: ".json", expectedSuffix: "", beside: #filePath).map {
      try DriftReport(json: try readFile($0.input), name: $0.name)
    }
  }

  private static func hostile() -> [DriftReport] {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    return (0..<FuzzSetting.count(default: 100)).map { _ in Hostile.report(&random) }
  }

  /// How many findings the form has for a report.
  private static func issues(_ report: DriftReport, _ form: Form) -> Int {
    report.workloads.reduce(0) { sum, workload in
      let isTrouble = [.noFile, .invalid].contains(workload.status)
      let isUnread = workload.status == .fetchFailed && form != .sarif
      return sum + (isTrouble || isUnread ? 1 : 0) + workload.drift.count
        + workload.mergeFaults.count + (workload.isMirrorStale ? 1 : 0) + workload.notes.count
    }
  }
}
