import Testing
import TinyforgeCore

struct DriftTests {
  /// Spec (the lines under `deploy`), source, live config, and the fields that drift.
  @Test(arguments: [
    ("port: 8080", "dockerfile", #"{"port":8080}"#, []),
    ("port: 8080", "dockerfile", #"{"port":8080.0}"#, []),
    ("port: 8080", "dockerfile", #"{"port":9090}"#, ["port"]),
    ("port: 8080", "dockerfile", #"{}"#, ["port"]),
    ("port: 8080", "dockerfile", #"{"port":"8080"}"#, ["port"]),
    ("port: 8080", "static", #"{}"#, []),
    ("port: ~", "dockerfile", #"{"port":1}"#, []),
    ("healthcheck: \"\"", "dockerfile", #"{}"#, []),
    ("healthcheck: \"\"", "dockerfile", #"{"healthcheck":"/x"}"#, ["healthcheck"]),
    ("healthcheck: /é", "dockerfile", #"{"healthcheck":"/e\u0301"}"#, ["healthcheck"]),
    ("deploy_strategy: recreate", "static", #"{}"#, []),
    ("deploy_strategy: \"\"", "static", #"{"deploy_strategy":"recreate"}"#, []),
    ("deploy_strategy: recreate", "dockerfile", #"{"deploy_strategy":null}"#, []),
    ("deploy_strategy: blue-green", "static", #"{"deploy_strategy":""}"#, ["deploy_strategy"]),
  ])
  func compares(_ line: String, _ source: String, _ live: String, _ drifted: [String]) throws {
    let spec = SpecReading.read(Array("version: 1\ndeploy:\n  \(line)\n".utf8))
    let plan = SyncPlan(
      spec, source: try #require(SourceKind(rawValue: source)), live: try LiveConfig(live))
    #expect(plan.changes.map(\.field.name) == drifted)
  }

  /// The spec, the live config, and whether the merged whole is one that the server takes.
  @Test(arguments: [
    ("port: 8080", #"{}"#, true),
    ("port: 70000", #"{}"#, false),
    ("port: 0", #"{"port":0}"#, false),
    ("deploy_strategy: blue-green", #"{"port":0}"#, true),
    ("deploy_strategy: blue-green", #"{"port":-1}"#, false),
    ("deploy_strategy: blue-green", #"{"healthcheck":"no slash"}"#, false),
    ("healthcheck: a b", #"{}"#, false),
    ("healthcheck: http://x/", #"{}"#, false),
    ("deploy_strategy: canary", #"{}"#, false),
    ("port: 8080", #"{"port":{"number":1}}"#, false),
  ])
  func validatesTheMergedWhole(_ line: String, _ live: String, _ valid: Bool) throws {
    let spec = SpecReading.read(Array("version: 1\ndeploy:\n  \(line)\n".utf8))
    let plan = SyncPlan(spec, source: .dockerfile, live: try LiveConfig(live))
    #expect(plan.isValid == valid)
    #expect(plan.faults.isEmpty == valid)
  }

  @Test(arguments: [
    (
      #"{"repo_owner":"a","repo_name":"b","branch":"x/y","base_url":"https://Git.Example:3000/p"}"#,
      "git.example:3000", "x/y"
    ),
    (#"{"repo_owner":"a","repo_name":"b","provider":"github"}"#, "github.com", nil),
    (#"{"repo_owner":"a","repo_name":"b","provider":"gitea","branch":""}"#, nil, nil),
    (#"{"repo_owner":"a","repo_name":"b","base_url":"https://u:p@h/x"}"#, "h", nil),
  ])
  func readsCoordinates(_ live: String, _ host: String?, _ branch: String?) throws {
    let coordinates = try LiveConfig(live).coordinates
    #expect(coordinates?.host == host && coordinates?.branch == branch)
    #expect(coordinates?.owner == "a" && coordinates?.name == "b")
  }
}
