import TestSupport
import Testing
import TinyforgeCore

/// What tests of the HTTP fallback share: configurations of forges and of workloads on them.
enum ForgeWorld {
  /// The token that no output may ever hold.
  static let token = "canary-4f9aZq7KfW2vB4nTsX1pLm"

  /// A forge that serves real repositories by their names.
  static func forge(
    _ kind: String, _ repositories: [(name: String, folder: String)], more: String = ""
  ) -> String {
    let entries = repositories.map { #""\#($0.name)":{"git":"\#($0.folder)/.git","private":true}"# }
    // GitHub Enterprise is at a path; github.com cannot be played on loopback.
    let prefix = kind == "github" ? #""prefix":"/api/v3","# : ""
    return #"{"forge":"\#(kind)",\#(prefix)"token":"\#(token)","repositories":{"#
      + entries.joined(separator: ",") + "}\(more)}"
  }

  /// The config of a workload on a forge.
  static func config(
    _ kind: String, _ address: String, owner: String = "acme", name: String = "shop",
    branch: String? = "main", more: String = ""
  ) -> String {
    let branch = branch.map { #","branch":"\#($0)""# } ?? ""
    return #"{"provider":"\#(kind)","base_url":"\#(address)","repo_owner":"\#(owner)","#
      + #""repo_name":"\#(name)"\#(branch)\#(more),"port":3000}"#
  }

  /// A certificate for `forge.test` and 127.0.0.1, signed by itself; the paths of it and its key.
  static func certificate(in scratch: Scratch) async throws -> (certificate: String, key: String) {
    let (certificate, key) = (scratch.file("forge.pem"), scratch.file("forge.key"))
    try await mustRun(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=forge.test", "-addext",
        "subjectAltName=DNS:forge.test,IP:127.0.0.1", "-keyout", key, "-out", certificate,
      ])
    return (certificate, key)
  }
}

extension World {
  /// Runs a tool over every workload, from forges alone, on loopback.
  func fetch(
    _ tool: String = "drift", _ format: String = "json", _ options: [String] = [],
    environment: [String: String] = ["TINYFORGE_TOKEN": ForgeWorld.token],
    allowing network: String? = "127.0.0.0/8"
  ) async throws -> CommandResult {
    let base = [
      "TINYFORGE_DB": database, "XDG_CACHE_HOME": scratch.path, "TINYFORGE_MIRRORS": mirrors,
    ]
    var variables = base.merging(environment) { $1 }
    if let network { variables["TINYFORGE_ALLOW_NETWORK"] = network }
    return try await run(
      builtTool(tool), ["--all", "--fetch", "http", "--format", format] + options, in: repository,
      environment: variables)
  }
}

/// What tests look at of one workload in a JSON report.
struct ToldWorkload {
  let json: JSONValue

  /// The workloads of a report by their ids.
  static func all(_ result: CommandResult) throws -> [String: ToldWorkload] {
    let document = try JSONText(Array(result.output.utf8))
    guard case .array(let list)? = document["workloads"] else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: list.map { ($0["id"]?.text ?? "", ToldWorkload(json: $0)) })
  }

  var status: String? { json["status"]?.text }
  var message: String { json["message"]?.text ?? "" }
  var commit: String? { json["spec"]?["commit"]?.text }
}
