package import TinyforgeCore

/// What a write to a forge concerns, as its failures name it.
package struct PostPlace: Sendable {
  /// The forge that is asked.
  package let forge: ForgeKind
  /// The base address of its API.
  package let api: String
  /// What it is: the forge's word for a request, "repository" or "issue".
  let noun: String
  /// Its name, such as `acme/shop#7`.
  let name: String
  /// Whether it is a request of a fork, whose runs get no secrets.
  let isFromFork: Bool
  /// What a token requires to write there.
  package let neededAccess: String

  /// The forge's name in messages.
  package var forgeName: String { forge.definition.name }

  /// Whether an issue is written, and not a comment.
  let isIssue: Bool

  /// The noun and the name.
  var title: String { "\(noun) \(name)" }

  /// What is written, such as "the comment on pull request acme/shop#7".
  var written: String { isIssue ? "the issue of \(name)" : "the comment on \(title)" }

  /// What a token may be denied, such as "comment on pull request acme/shop#7".
  var act: String { isIssue ? "write issues of \(name)" : "comment on \(title)" }

  /// The failure of a missing token; `job` describes the token that the job has instead, and may be empty.
  package func noToken(job: String) -> Failure {
    guard !isFromFork else {
      return Failure(
        .denied,
        "there is no token, for the \(noun) comes from a fork, whose runs get no secrets",
        remedy: "read the report in the job's log")
    }
    return Failure(
      .denied, "there is no token\(job)",
      remedy: "set TINYFORGE_TOKEN or name a --token-file; it needs \(prose: neededAccess)")
  }
}
