import FleetReporting
import Reporting
import RussianMessages
import TestSupport
import Testing
import TinyforgeCore

/// The forms that plan alone writes, on plans in which every text is hostile.
@Suite(.ownTime, .hangLimit) struct PlanFormTests {
  init() { Translations.use(Messages.russian) }

  private static func plans() throws -> [PlanReport] {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    return try (0..<FuzzSetting.count(default: 60)).map { _ in try Hostile.plan(&random) }
  }

  /// As it is printed.
  private static func guarded(_ text: String, as form: CommandGuard.Form) -> String {
    var guarding = CommandGuard()
    return guarding.guarded(text, as: form)
  }

  /// Pages are read back by html5lib, comments by the parsers of GitHub and of GitLab; a comment has its sentence on the
  /// merge too.
  @Test(arguments: ["page", "document"])
  func nothingIsForged(_ form: String) async throws {
    let cases = try Self.plans().enumerated().map { index, plan -> JSONValue in
      let phrases = Phrases(Language.allCases[index % 2])
      let text =
        form == "page"
        ? PlanPage(phrases: phrases, version: "<b>1</b>").render(plan)
        : PlanMarkdown(phrases: phrases, listing: .all)
          .render(plan, lead: PlanLead.sentence(plan, phrases))
      return .array([.string(plan.workloads[0].workload.id.shownSafely), .string(text)])
    }
    let result = try await run(
      projectFile(".build/peers/bin/python"), [projectFile("Tests/Peers/read-markup.py"), form],
      input: JSONWriter.compact(.array(cases)))
    #expect(result.output == "\(cases.count)\n", "\(result.error.suffix(2_000))")
  }

  /// What the readers of a pipeline's form see: as many issues as there are.
  @Test func readersTakeThem() async throws {
    let scratch = try Scratch()
    let plans = try Self.plans()
    let github = try plans.enumerated().map { index, plan in
      try scratch.write(
        "\(index).github",
        Self.guarded(PlanGitHub(phrases: Phrases(.en)).render(plan), as: .commands))
    }
    let gitlab = try plans.enumerated().map { index, plan in
      try scratch.write(
        "\(index).gitlab",
        Self.guarded(PlanGitLab(phrases: Phrases(.en)).render(plan), as: .json))
    }
    let expected = plans.map(Self.issues)
    #expect(try await validated("gitlab", gitlab) == expected)
    #expect(try await validated("github", github) == expected)
  }

  /// How many issues a plan has: no change of a workload whose sync would be refused.
  private static func issues(_ plan: PlanReport) -> Int {
    plan.workloads.reduce(plan.missed == nil ? 0 : 1) { sum, report in
      let isTrouble = [.noFile, .invalid, .fetchFailed].contains(report.status)
      let faults = report.plan?.faults.count ?? 0
      let changes = faults == 0 ? report.plan?.changes.count ?? 0 : 0
      return sum + (isTrouble ? 1 : 0) + report.notes.count + faults + changes
    }
  }

  /// Neither a line nor a value is part of what an issue is known by, and drift's issues are others.
  @Test func fingerprintsStayAsLongAsTheChange() throws {
    let prints = try ["port: 8080", "# a comment\n  port: 9090"].map { field in
      let text = PlanGitLab(phrases: Phrases(.en)).render(try Self.plan(field))
      return text.split(separator: "\n").filter { $0.contains("\"fingerprint\"") }
    }
    #expect(prints[0] == prints[1] && prints[0].count == 1)
  }

  /// The sentence on a merge names a few changes, and none that would be refused.
  @Test(
    arguments: [
      (
        "port: 8080",
        "Once this is merged, a sync changes <code>port</code> <code>3000</code> → <code>8080</code> of "
          + "<code>shop</code>."
      ),
      ("port: 3000", nil), ("port: 70000", nil),
    ] as [(String, String?)])
  func theLead(_ field: String, _ sentence: String?) throws {
    let plan = try Self.plan(field)
    #expect(PlanLead.sentence(plan, Phrases(.en)) == sentence)
    #expect((PlanLead.sentence(plan, Phrases(.ru)) == nil) == (sentence == nil))
    var many = plan
    many.workloads = Array(repeating: plan.workloads[0], count: 4)
    #expect(PlanLead.sentence(many, Phrases(.en)) == nil)
  }

  /// A plan of one workload whose spec declares that; live is port 3000.
  static func plan(_ field: String) throws -> PlanReport {
    let row = Workload(
      id: "w-1", name: "shop", sourceKind: "dockerfile", sourceConfig: "{}", gitopsEnabled: true,
      gitopsPath: ".tinyforge.yml", lastSyncAt: "", lastSyncCommit: "")
    var report = WorkloadReport(row, .ok)
    let bytes = Array("version: 1\ndeploy:\n  \(field)\n".utf8)
    report.spec = SpecSnapshot(
      path: ".tinyforge.yml", provenance: .commit, repository: "/srv/mirrors/acme/shop.git",
      commit: nil, content: .file(bytes))
    let decoded = SpecReading.read(bytes, source: .dockerfile)
    report.decoded = decoded
    report.plan = SyncPlan(
      decoded, source: .dockerfile, live: try LiveConfig(#"{"port":3000,"healthcheck":"/up"}"#))
    return PlanReport(workloads: [report], generatedAt: "2026-11-24T22:00:00Z")
  }
}
