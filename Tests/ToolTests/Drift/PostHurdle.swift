import Testing
import TinyforgeCore

/// What may stand in the way of a comment, and what the one line about it says.
struct PostHurdle: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var settings: [JSONValue.Member] = []
  var fault: [JSONValue.Member] = []
  var changes: [String: String] = [:]
  var arguments: [String] = []
  var message: String

  static let all = [
    PostHurdle(
      testDescription: "closed", settings: [.init("request", ["state": "closed"])],
      message: "is closed"),
    PostHurdle(
      testDescription: "locked", settings: [.init("request", ["locked": true])],
      message: "is locked"),
    PostHurdle(
      testDescription: "no token", changes: ["TINYFORGE_TOKEN": ""],
      message: "there is no token"),
    PostHurdle(
      testDescription: "wrong token", changes: ["TINYFORGE_TOKEN": "secret-token-9"],
      message: "rejects the token"),
    PostHurdle(
      testDescription: "limited",
      fault: [
        .init("status", 403), .init("body", #"{"message":"::error::API rate limit ##[x"}"#),
        .init("headers", ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"]),
      ], message: "takes no more requests"),
    PostHurdle(
      testDescription: "asked to wait",
      fault: [.init("status", 429), .init("headers", ["Retry-After": "3600"])],
      message: "again in 3600 s"),
    PostHurdle(
      testDescription: "unavailable",
      fault: [.init("status", 503), .init("headers", ["Retry-After": "3600"])],
      message: "run the job again in 3600 s"),
    PostHurdle(
      testDescription: "no request",
      changes: [
        "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_NAME": "push", "CI_MERGE_REQUEST_IID": "",
        "CI_PIPELINE_SOURCE": "push",
      ], message: "this run is of push"),
    PostHurdle(
      testDescription: "no pipeline",
      changes: ["GITHUB_ACTIONS": "", "GITEA_ACTIONS": "", "GITLAB_CI": ""],
      message: "--post-to URL"),
    PostHurdle(
      testDescription: "network not allowed", changes: ["TINYFORGE_ALLOW_NETWORK": ""],
      message: "127.0.0.1"),
    PostHurdle(testDescription: "no answer", fault: [.init("mode", "close")], message: "127.0.0.1"),
    PostHurdle(
      testDescription: "hostile words",
      fault: [.init("status", 400), .init("body", #"{"message":"\n::error::x ##[y"}"#)],
      message: #"400 ("\n::error::x ## [y")"#),
  ]
}
