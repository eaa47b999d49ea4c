import FleetReading
import TestSupport
import Testing
import TinyforgeCore

/// What an inspection finds of one workload.
@Suite(.ownTime, .hangLimit) struct InspectionTests {
  /// A row, the spec in its repository, and what is found.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var spec: String? = World.spec
    var source = "dockerfile"
    var config = World.config()
    var isEnabled = true
    var status: WorkloadReport.Status
    /// The fields that a sync would change.
    var changes: [String] = []
    /// A part of the message.
    var message = ""

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "drift", status: .ok, changes: ["port", "healthcheck", "deploy_strategy"]),
    Case(
      name: "in sync",
      config: World.config(#""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#),
      status: .ok),
    Case(
      name: "a static site honours one field", source: "static", status: .ok,
      changes: ["deploy_strategy"]),
    Case(name: "no spec", spec: nil, status: .noFile, message: ".tinyforge.yml"),
    Case(
      name: "an invalid spec", spec: "version: 1\ndeploy: {port: many}\n", status: .invalid,
      message: "port"),
    Case(
      name: "another version", spec: "version: 2\ndeploy: {port: 80}\n", status: .invalid,
      message: "version"),
    Case(
      name: "a source that GitOps does not serve", source: "image", status: .ineligible,
      message: "GitOps serves dockerfile and static sources, not image"),
    Case(
      name: "not opted in", isEnabled: false, status: .disabled, message: "apply enable w1"),
    Case(
      name: "a config that is no JSON", config: "{", status: .fetchFailed,
      message: "save the workload once in Tinyforge's own form"),
    Case(
      name: "a config that names no repository", config: #"{"port":1}"#, status: .fetchFailed,
      message: "repo_owner or repo_name is missing"),
    Case(
      name: "a repository without a mirror", config: World.config(name: "gone"),
      status: .fetchFailed, message: "no clone or mirror of acme/gone"),
  ]

  @Test(arguments: cases) func aRowIsReported(_ example: Case) async throws {
    let world = try await World(spec: example.spec)
    try await world.addWorkload(
      "w1", source: example.source, config: example.config, enabled: example.isEnabled)
    let report = await Inspection(locator: world.locator()).report(on: try world.row())
    #expect(report.status == example.status)
    #expect(report.plan?.changes.map(\.field.name) ?? [] == example.changes)
    #expect(report.message.contains(example.message), "\(report.message)")
    #expect(report.message.isEmpty == (example.status == .ok))
  }

  @Test func aDisabledRowIsInspectedWhereThatIsAskedFor() async throws {
    let world = try await World()
    try await world.addWorkload("w1", enabled: false)
    let inspection = Inspection(locator: world.locator(), includesDisabled: true)
    #expect(await inspection.report(on: try world.row()).status == .ok)
  }

  @Test func aCommitIsReadInsteadOfTheBranch() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    let second = try await world.push("version: 1\ndeploy: {port: 9000}\n")
    let inspection = Inspection(locator: world.locator())
    let (row, port) = (try world.row(), "port")
    func declared(_ report: WorkloadReport) -> JSONValue? {
      report.plan?.changes.first { $0.field.name == port }?.repo.json
    }
    let now = await inspection.report(on: row)
    #expect(now.spec?.commit?.id == second && declared(now) == .number("9000"))
    let then = await inspection.report(on: row, at: first)
    #expect(then.spec?.commit?.id == first && declared(then) == .number("8080"))
  }

  @Test func aWithheldFieldIsNotCompared() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let row = try world.row()
    let inspection = Inspection(locator: world.locator(), withheld: [row.key: ["healthcheck"]])
    let report = await inspection.report(on: row)
    #expect(report.plan?.changes.map(\.field.name) == ["port", "deploy_strategy"])
    #expect(report.notes.contains { $0.contains("healthcheck is not compared") })
  }

  /// Fetched two seconds ago: the bound is crossed at one second, and not at three.
  @Test(arguments: [(Int64(1), true), (3, false)])
  func aMirrorIsStaleAfterItsBound(_ limit: Int64, _ isMirrorStale: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await git("fetch", "-q", in: mirror)
    let row = try world.row()
    func report(_ freshness: MirrorFreshness) async -> WorkloadReport {
      await Inspection(locator: world.locator(), freshness: freshness).report(on: row)
    }
    let fetched = try #require(await report(MirrorFreshness(limit: 0, now: 0)).fetchedAt)
    let later = await report(MirrorFreshness(limit: limit, now: fetched + 2))
    #expect(later.isMirrorStale == isMirrorStale)
    #expect(later.notes.contains { $0.contains("was last fetched") } == isMirrorStale)
  }

  /// A row that changed is judged by the spec that was read, if that is still its own.
  @Test(arguments: [
    ("source_config = json_set(source_config, '$.port', 8080)", true),
    ("source_config = json_set(source_config, '$.branch', 'other')", false),
    ("source_config = json_set(source_config, '$.repo_name', 'other')", false),
    ("source_config = '{'", false), ("gitops_path = 'other.yml'", false),
    ("source_kind = 'static'", false), ("gitops_enabled = 0", false),
  ])
  func aSpecServesAChangedRow(_ change: String, _ isServed: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let inspection = Inspection(locator: world.locator())
    let former = await inspection.report(on: try world.row())
    try await world.sql("UPDATE workloads SET \(change)")
    let report = inspection.report(on: try world.row(), bySpecOf: former)
    #expect((report != nil) == isServed)
    #expect(
      report?.plan?.changes.map(\.field.name) ?? []
        == (isServed ? ["healthcheck", "deploy_strategy"] : []))
  }
}
