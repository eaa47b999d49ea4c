import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// The forms for pipelines: each as expected for a spec, and each by the rules of its readers.
struct LintFormatTests {
  /// A form, and how a report is written in it.
  enum Form: String, CaseIterable {
    case github, gitlab, junit, rdjson, sarif, summary

    /// As it is printed.
    func render(_ reports: [LintReport]) -> String {
      var guarding = CommandGuard()
      return guarding.guarded(made(reports), as: guardForm)
    }

    private var guardForm: CommandGuard.Form {
      switch self {
      case .github: .commands
      case .gitlab, .rdjson, .sarif: .json
      case .junit: .markup
      case .summary: .text
      }
    }

    private func made(_ reports: [LintReport]) -> String {
      switch self {
      case .github: LintGitHub().render(reports)
      case .gitlab: LintGitLab().render(reports)
      case .junit: LintJUnit().render(reports)
      case .rdjson: LintReviewdog(of: Toolkit(version: "1.0.0")).render(reports)
      case .sarif: LintSARIF(of: Toolkit(version: "1.0.0")).render(reports)
      case .summary: LintGitHub().stepSummary([LintGitHub().part(reports)])
      }
    }
  }

  private static func report(_ bytes: [UInt8], path: String) -> LintReport {
    let linted = SpecLint.check(bytes, path: path)
    return LintReport(
      path: path, verdict: linted.decoded.isValid ? .ok : .invalid, decoded: linted.decoded,
      text: linted.text)
  }

  private static func unreadable(_ path: String) -> LintReport {
    LintReport(
      path: path, verdict: .error,
      decoded: DecodedSpec(decodes: false, version: 0, declared: [], findings: []),
      failure: Failure(.io, "\(path.shownSafely) cannot be read", remedy: "check the disk"))
  }

  /// Each `NAME.FORM` in `Cases` holds what `NAME.yml` is in that form; SARIF's rules have a page.
  @Test(
    arguments: [Form.github, .gitlab, .junit, .rdjson, .summary],
    GoldenCase.all(inputSuffix: ".yml", expectedSuffix: "", beside: #filePath))
  func isAsExpected(_ form: Form, _ test: GoldenCase) throws {
    let reports = [
      Self.report(try readFile(test.input), path: "./apps/\(test.name).yml"),
      Self.unreadable("gone.yml"),
    ]
    let expected = test.input.dropLast("yml".count) + form.rawValue
    try expectFile(String(expected), toHold: form.render(reports))
  }

  static let forms: [any LintForm] = [
    LintJSON(), LintSARIF(of: Toolkit(version: "1.0.0")), LintGitHub(), LintGitLab(), LintJUnit(),
    LintReviewdog(of: Toolkit(version: "1.0.0")), LintText(style: TextStyle(coloured: false)),
  ]

  /// What is kept until the end of a run holds nothing of a spec but what is reported of it.
  ///
  /// A push may have thousands, of 64 KiB each.
  @Test(arguments: forms)
  func specsAreNotKept(_ form: any LintForm) {
    let filling = String(repeating: "# filling\n", count: 6_000)
    let bad = "version: 1\ndeploy:\n  prot: 8080\n" + filling
    var kept = ""
    dump(form.part([Self.report(Array(bad.utf8), path: "a.yml")]), to: &kept)
    #expect(kept.contains("prot") && !kept.contains("filling"))
    #expect(kept.utf8.count < 10_000)
  }

  /// Reports come in portions, whose bounds nobody sees.
  @Test(arguments: forms)
  func portionsAreNotSeen(_ form: any LintForm) {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    let reports =
      [Self.unreadable("gone.yml")]
      + (0..<20).map { Self.report(Hostile.spec(&random), path: "\($0).yml") }
    for portions in [[], [0..<21], [0..<1, 1..<9, 9..<9, 9..<21]] {
      Self.expectSame(form, portions.map { Array(reports[$0]) })
    }
  }

  private static func expectSame<Form: LintForm>(_ form: Form, _ portions: [[LintReport]]) {
    let parts = portions.map(form.part)
    let all = portions.flatMap(\.self)
    let pieces = form.pieces(parts, LintSummary(all), isInterrupted: false)
    #expect(pieces.joined() == form.render(all))
    #expect(form.stepSummary(parts) == form.stepSummary([form.part(all)]))
  }

  // MARK: Readers

  /// Random hostile names and specs: nothing in any form is other than its reader expects.
  @Test func hostileTextForgesNothing() async throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    let scratch = try Scratch()
    var files: [Form: [String]] = [:]
    var expected: [Int] = []
    for round in 0..<FuzzSetting.count(default: 150) {
      let reports =
        (0..<3).map { _ in
          Self.report(Hostile.spec(&random), path: Hostile.text(&random) + "/a.yml")
        } + [Self.unreadable(Hostile.text(&random))]
      expected.append(reports.reduce(1) { $0 + $1.decoded.findings.count })
      for form in Form.allCases {
        let text = form.render(reports)
        #expect(
          !text.unicodeScalars.contains { $0.isUnsafeToShow && $0 != "\n" }, "\(form) \(text)")
        files[form, default: []].append(try scratch.write("\(round).\(form)", text))
      }
    }
    for form in [Form.sarif, .github, .gitlab, .rdjson] {
      let seen = try await validated(form.rawValue, files[form] ?? [])
      // SARIF reports unreadable files beside its results.
      let least = form == .sarif ? expected.map { $0 - 1 } : expected
      if form != .github { #expect(seen == least, "\(form)") }
    }
    let xml = files[.junit] ?? []
    try await expectJUnit(xml, cases: xml.map { _ in 4 })
  }

  @Test func anEmptyRunIsAValidReport() async throws {
    let scratch = try Scratch()
    for form in [Form.sarif, .github, .gitlab, .rdjson] {
      let file = try scratch.write(form.rawValue, form.render([]))
      #expect(try await validated(form.rawValue, [file]) == [0])
    }
    try await expectJUnit([try scratch.write("empty.xml", Form.junit.render([]))], cases: [0])
  }

  // MARK: Rules of single forms

  @Test func gitHubGetsTenOfEachLevelTheWorstFirst() {
    let bad = "version: 1\ndeploy:\n  prot: 8080\n  port: 010\n  ? !x a\n  : 1\n"
    let reports = (0..<15).map { Self.report(Array(bad.utf8), path: "\($0).yml") }
    let lines = LintGitHub().render(reports).split(separator: "\n")
    let levels = lines.map { $0.dropFirst(2).prefix { $0 != " " } }
    #expect(levels.count { $0 == "error" } == 10 && levels.count { $0 == "warning" } == 10)
    #expect(levels.firstIndex(of: "warning") == 10)
    let findings = reports.reduce(0) { $0 + $1.decoded.findings.count }
    #expect(
      lines.last?.hasSuffix("::\(findings - 20) more findings than are annotated here") == true)
  }

  /// Code scanning takes so many results of a log, and refuses one of more.
  @Test(arguments: [(100, 0), (101, 250)])
  func sarifStopsAtTheLimit(_ files: Int, _ left: Int) throws {
    let bad = "version: 1\n" + (1...250).map { "k\($0): 1\n" }.joined()
    let report = Self.report(Array(bad.utf8), path: "a")
    #expect(report.decoded.findings.count == 250)
    let log = Form.sarif.render(Array(repeating: report, count: files))
    let lines = log.split(separator: "\n")
    #expect(lines.count { $0.contains("\"ruleId\":") } == 25_000)
    let notice = "\(left) more results are left out here"
    #expect(lines.count { $0.contains(notice) } == (left > 0 ? 1 : 0))
    guard left > 0, case .array(let runs)? = try JSONText(Array(log.utf8))["runs"] else { return }
    guard case .array(let invocations)? = runs.first?["invocations"],
      case .array(let notices)? = invocations.first?["toolExecutionNotifications"]
    else { throw TestSupportError("no notice") }
    #expect(notices.first?["message"]?["text"]?.text == notice)
  }

  /// Lines above a finding do not change its fingerprint; two equal findings have different ones.
  @Test func fingerprintsHoldNoLineNumbers() throws {
    let bad = "version: 1\ndeploy:\n  prot: 80\n  <<: {prot: 80}\n"
    let form = Form.gitlab
    let before = try Self.fingerprints(form.render([Self.report(Array(bad.utf8), path: "a")]))
    let moved = "# one\n# two\n\n\(bad)"
    let after = try Self.fingerprints(form.render([Self.report(Array(moved.utf8), path: "a")]))
    #expect(before == after && Set(before).count == before.count && !before.isEmpty)
  }

  private static func fingerprints(_ text: String) throws -> [String] {
    try jsonList(text).compactMap { $0["fingerprint"]?.text }
  }

  /// A build that knows where the documentation is links each finding to its page.
  @Test func findingsLinkToTheirPages() throws {
    let toolkit = Toolkit(
      version: "1.0.0", project: "https://forge.example/acme/toolkit",
      documentation: "https://docs.example")
    let reports = [Self.report(Array("version: 1\ndeploy:\n  prot: 1\n".utf8), path: "a.yml")]
    let sarif = LintSARIF(of: toolkit).render(reports)
    #expect(sarif.contains(#""informationUri": "https://forge.example/acme/toolkit""#))
    for page in [
      sarif, LintReviewdog(of: toolkit).render(reports), FindingListJSON.render(of: toolkit),
    ] {
      #expect(page.contains("https://docs.example/rules/unknown-key.html"))
    }
    #expect(!LintSARIF(of: Toolkit(version: "1.0.0")).render(reports).contains("helpUri"))
  }
}
