import Testing
import TinyforgeCore

/// The live config as the server's decoder, Go's encoding/json, takes it.
struct ServerDecodingTests {
  private static let base = #""repo_owner":"a","repo_name":"b""#

  /// Members beside owner and name, and the branch that the server follows.
  @Test(
    arguments: [
      (#""branch":"main""#, "main"), (#""branch":"main","Branch":"dev""#, "dev"),
      (#""Branch":"dev","branch":"main""#, "main"), (#""BRANCH":"dev""#, "dev"),
      (#""branch":"main","Branch":null"#, "main"), (#""branch":"main","BRANCH":"""#, nil),
      (#""branch":"main","braNch":"x","bRanch":"y""#, "y"),
      (#""branch":"main","br\u0041nch":"x""#, "x"), (#""branch":"main","branches":"x""#, "main"),
    ] as [(String, String?)])
  func theLastOfTheBranchesCounts(_ members: String, _ branch: String?) throws {
    let live = try LiveConfig("{\(Self.base),\(members)}")
    #expect(live.branch == branch && live.coordinates?.branch == branch)
  }

  /// Every coordinate's key, in another case after its own; ſ and the Kelvin sign fold to s and k.
  @Test(arguments: [
    ("PROVIDER", "provider"), ("Base_URL", "base_url"), ("ba\u{17F}e_url", "base_url"),
    ("repo_Owner", "repo_owner"), ("REPO_NAME", "repo_name"), ("Branch", "branch"),
    ("Access_Token", "access_token"), ("acce\u{17F}s_to\u{212A}en", "access_token"),
  ])
  func everyCoordinateFoldsCase(_ odd: String, _ name: String) throws {
    let names = ["provider", "base_url", "repo_owner", "repo_name", "branch", "access_token"]
    func config(_ members: [(String, String)]) throws -> LiveConfig {
      try LiveConfig("{" + members.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}")
    }
    let both = try config(names.map { ($0, "https://old") } + [(odd, "https://new")])
    let plain = try config(names.map { ($0, $0 == name ? "https://new" : "https://old") })
    #expect(both.coordinates == plain.coordinates)
  }

  /// A managed field in another case is refused, twice or alone.
  @Test(arguments: [
    #"{"port":1,"Port":2}"#, #"{"Port":2}"#, #"{"healthcheck":"/","HealthCheck":"/x"}"#,
    #"{"deploy_ſtrategy":""}"#,
  ])
  func aManagedFieldInAnotherCaseIsRefused(_ config: String) {
    #expect(throws: JSONFault.self) { try LiveConfig(config) }
  }

  /// What Go refuses to read into its struct, and with it the whole config.
  @Test(
    arguments: [
      (#"{"port":8080}"#, []), (#"{"port":-0}"#, []), (#"{"port":null,"branch":null}"#, []),
      (#"{"port":8080.0}"#, ["port must be a whole number, not 8080.0"]),
      (#"{"port":8.08e3}"#, ["port must be a whole number, not 8.08e3"]),
      (#"{"port":8080.5}"#, ["port must be a whole number, not 8080.5"]),
      (
        #"{"port":92233720368547758080}"#, ["port must be a whole number, not 92233720368547758080"]
      ),
      (#"{"port":"8080"}"#, [#"port must be a whole number, not the text "8080""#]),
      (
        #"{"healthcheck":5,"deploy_strategy":true}"#,
        ["healthcheck must be text, not 5", "deploy_strategy must be text, not true or false"]
      ),
      (
        #"{"branch":5,"Repo_Owner":[]}"#,
        ["branch must be text, not 5", "Repo_Owner must be text, not a list"]
      ),
      (#"{"memory":1.5,"env":{}}"#, []),
    ] as [(String, [String])])
  func mistypedMembersAreTold(_ config: String, _ told: [String]) throws {
    #expect(ConfigValidation.mistyped(in: try LiveConfig(config), source: .dockerfile) == told)
  }

  @Test func aStaticSiteHasNoPort() throws {
    let live = try LiveConfig(#"{"port":"8080"}"#)
    #expect(ConfigValidation.mistyped(in: live, source: .staticSite).isEmpty)
  }

  /// Why a config cannot be used: each reason has its own words, and none counts from byte 0.
  @Test(arguments: [
    ("", "it is empty"), (" \n", "it is empty"), ("[]", "it is not a JSON object"),
    ("\u{FEFF}{}", "it begins with a byte order mark, which JSON does not allow"),
    ("{\"a\":tru}", "this is not a JSON value, at byte 5"),
  ])
  func reasonsHaveWords(_ config: String, _ sentence: String) {
    #expect(throws: JSONFault.self) { try LiveConfig(config) }
    do { _ = try LiveConfig(config) } catch { #expect(error.sentence == sentence) }
  }
}
