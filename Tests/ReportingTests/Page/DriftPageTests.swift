import DriftTracking
import FleetReporting
import FoundationEssentials
import Reporting
import RussianMessages
import TestSupport
import Testing
import TinyforgeCore

/// The page of HTML: well formed, inert, and as it should be in a browser.
@Suite(.ownTime, .hangLimit) struct DriftPageTests {
  init() { Translations.use(Messages.russian) }

  /// The pages of every case in each language, and of a fleet; screenshots come to stand beside them.
  private static let folder = projectFile(".build/artifacts/page")

  private static func write(_ name: String, _ report: DriftReport, _ language: Language) throws
    -> String
  {
    let page = DriftPage(phrases: Phrases(language), version: "1.0.0").render(report)
    let path = "\(folder)/\(name).\(language.rawValue).html"
    try page.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// What a browser of people shows, and what it complains of: nothing.
  @Test func browsersShowIt() async throws {
    try FileManager.default.createDirectory(
      atPath: Self.folder, withIntermediateDirectories: true)
    var reports = try DriftCases.all()
    reports.append(("large", LargeFleet.report(5_000)))
    reports.append(("servers", LargeFleet.ofServers(["fra", nil, "ams", "a&b"], each: 60)))
    for (name, report) in reports {
      for language in Language.allCases { _ = try Self.write(name, report, language) }
    }
    for language in Language.allCases {
      let page = PlanPage(phrases: Phrases(language), version: "1.0.0")
        .render(try PlanFormTests.plan("port: 8080"))
      try page.write(
        toFile: "\(Self.folder)/plan.\(language.rawValue).html", atomically: true, encoding: .utf8)
    }
    let program = projectFile("Tests/Peers/look-at-page.py")
    let result = try await run(
      projectFile(".build/peers/bin/python"), [program, Self.folder],
      environment: ["HOME": Self.folder])
    #expect(result.status == 0, "\(result.output)\n\(result.error.suffix(4_000))")
  }
}

/// Whole documents of hostile reports.
@Suite(.ownTime, .hangLimit) struct HostileDocumentTests {
  /// Pages are read back by html5lib, which reads as browsers do and knows what is no proper syntax;
  /// comments by the parsers of GitHub and of GitLab.
  @Test(arguments: ["page", "document"])
  func nothingIsForged(_ form: String) async throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    let cases = (0..<FuzzSetting.count(default: 60)).map { index -> JSONValue in
      var report = Hostile.report(&random)
      report.workloads[0].name = ""
      let phrases = Phrases(Language.allCases[index % 2])
      let text =
        form == "page"
        ? DriftPage(phrases: phrases, version: Hostile.text(&random)).render(report)
        : DriftMarkdown(phrases: phrases).render(report)
      return .array([.string(report.workloads[0].shownName.shownSafely), .string(text)])
    }
    let result = try await run(
      projectFile(".build/peers/bin/python"), [projectFile("Tests/Peers/read-markup.py"), form],
      input: JSONWriter.compact(.array(cases)))
    #expect(result.output == "\(cases.count)\n", "\(result.error.suffix(2_000))")
  }
}

/// Reports as data.
enum DriftCases {
  /// Each `NAME.json` of `Drift/Cases`.
  static func all() throws -> [(name: String, report: DriftReport)] {
    try GoldenCase.all(
      inputSuffix: ".json", expectedSuffix: "",
      beside: projectFile("Tests/ReportingTests/Drift/DriftFormatTests.swift")
    ).map { ($0.name, try DriftReport(json: try readFile($0.input), name: $0.name)) }
  }
}

/// A fleet as large as one may be: a fifth of it drifted, the rest in sync.
enum LargeFleet {
  private static let spec =
    "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n  deploy_strategy: blue-green\n"

  static func report(_ count: Int) -> DriftReport {
    DriftReport(workloads: (0..<count).map(workload), generatedAt: "2026-11-24T22:00:00Z")
  }

  /// So many workloads of each server, with the same names and ids; of the second to last server none drifts.
  static func ofServers(_ servers: [String?], each count: Int) -> DriftReport {
    let workloads = servers.enumerated().flatMap { place, server in
      (0..<count).map { index in
        var workload = workload(index)
        workload.server = server
        if place == servers.count - 2 { workload.drift = [] }
        return workload
      }
    }
    return DriftReport(workloads: workloads, generatedAt: "2026-11-24T22:00:00Z")
  }

  private static func workload(_ index: Int) -> ReportedWorkload {
    ReportedWorkload(
      id: "w-\(index)", name: "service-\(index)",
      sourceKind: index % 7 == 0 ? "static" : "dockerfile",
      status: .ok,
      spec: ReportedSpec(
        path: ".tinyforge.yml", provenance: .commit,
        repository: "/srv/mirrors/acme/service-\(index).git",
        commit: String(repeating: "3f2a9c01", count: 5), committedAt: "2026-11-20T09:14:00Z",
        subject: "Serve on 8080", text: SourceText(Array(spec.utf8))),
      managedFields: ["port", "healthcheck", "deploy_strategy"],
      drift: index % 5 == 0 ? [drift] : [], lastSyncAt: "2026-11-18T08:00:00Z",
      lastSyncCommit: String(repeating: "77aa2222", count: 5))
  }

  private static let drift = ReportedDrift(
    field: "port", repo: 8080, live: 3000, base: 8080, cause: .liveEdited,
    reason: "the spec is as of the last sync; the live value was changed since", line: 3, column: 9,
    endLine: 3, endColumn: 13,
    touched: .init(
      commit: String(repeating: "9b1c44d0", count: 5), authoredAt: "2026-11-19T16:02:11Z",
      author: "Ann Author", subject: "Raise the port"),
    syncedBy: .init(id: 412, at: "2026-11-18T08:00:00Z", actor: "ann"))
}
