import Testing
import TinyforgeCore

/// What may stand in the way of an issue, and what the one line about it says.
struct IssueHurdle: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var members: [JSONValue.Member] = []
  /// Whether an own issue is there, with which lock.
  var standing: Bool?
  var fault: [JSONValue.Member] = []
  var changes: [String: String] = [:]
  var project = "acme/ops"
  var message: String

  func settings(_ marker: String) -> [JSONValue.Member] {
    guard let standing else { return members }
    let own: JSONValue = [
      "author": "bot", "body": .string("\(marker)\nold"), "locked": .bool(standing),
    ]
    return members + [.init("standing", .array([own]))]
  }

  static let all = [
    IssueHurdle(
      testDescription: "issues are off", members: [.init("repository", ["has_issues": false])],
      message: "issues are switched off in acme/ops; enable them"),
    IssueHurdle(
      testDescription: "archived", members: [.init("repository", ["archived": true])],
      message: "is archived"),
    IssueHurdle(
      testDescription: "no such repository", project: "acme/gone",
      message: "shows no repository acme/gone to this token"),
    IssueHurdle(
      testDescription: "gone", fault: [.init("match", "/issues"), .init("status", 410)],
      message: "is switched off or was removed"),
    IssueHurdle(
      testDescription: "a token that only reads",
      fault: [
        .init("match", "/issues"), .init("method", "POST"), .init("status", 403),
        .init("body", #"{"message":"Resource not accessible ::error:: ##[x"}"#),
      ], message: "the token may not write issues of acme/ops"),
    IssueHurdle(
      testDescription: "locked", standing: true,
      fault: [
        .init("match", "/issues/1"), .init("status", 403), .init("body", #"{"message":"no"}"#),
      ], message: "the thread of issue acme/ops#1 is locked"),
    IssueHurdle(
      testDescription: "no token", changes: ["TINYFORGE_TOKEN": ""],
      message: "there is no token"),
    IssueHurdle(
      testDescription: "wrong token", changes: ["TINYFORGE_TOKEN": "secret-token-9"],
      message: "rejects the token"),
    IssueHurdle(
      testDescription: "asked to wait",
      fault: [
        .init("match", "/issues"), .init("status", 429), .init("headers", ["Retry-After": "3600"]),
      ], message: "again in 3600 s"),
    IssueHurdle(
      testDescription: "no pipeline",
      changes: ["GITHUB_ACTIONS": "", "GITEA_ACTIONS": "", "GITLAB_CI": ""],
      message: "name the API of the forge with --post-api URL"),
    IssueHurdle(
      testDescription: "no answer", fault: [.init("match", "/issues"), .init("mode", "close")],
      message: "127.0.0.1"),
    IssueHurdle(
      testDescription: "hostile words",
      fault: [
        .init("match", "/issues"), .init("status", 400),
        .init("body", #"{"message":"\n::error::x ##[y"}"#),
      ], message: #"400 ("\n::error::x ## [y")"#),
  ]
}
