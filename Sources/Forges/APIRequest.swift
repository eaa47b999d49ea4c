package import TinyforgeCore

/// A request to a forge's API, as it is sent and as `--dry-run` shows it.
package struct APIRequest: Sendable, Equatable {
  /// `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
  package var method: String
  /// Where it is sent.
  package var address: String
  /// What is sent; nil for nothing.
  package var json: JSONValue?

  /// Creates one from its parts.
  package init(method: String, address: String, json: JSONValue? = nil) {
    self.method = method
    self.address = address
    self.json = json
  }
}

extension APIRequest {
  /// The request that makes a comment.
  package static func create(_ body: String, on request: PullRequest) -> APIRequest {
    APIRequest(method: "POST", address: request.commentsAddress, json: ["body": .string(body)])
  }

  /// The request that gives a comment another text.
  package static func edit(_ id: Int64, _ body: String, on request: PullRequest) -> APIRequest {
    APIRequest(
      method: request.forge.definition.comments.editMethod, address: request.commentAddress(id),
      json: ["body": .string(body)])
  }

  /// The request that removes a comment.
  package static func delete(_ id: Int64, on request: PullRequest) -> APIRequest {
    APIRequest(method: "DELETE", address: request.commentAddress(id))
  }

  /// The requests that carry out a step.
  package static func all(_ step: StickyStep, _ comment: StickyComment, on request: PullRequest)
    -> [APIRequest]
  {
    let removals = step.duplicates.map { delete($0, on: request) }
    switch step.action {
    case .create: return removals + [create(comment.body, on: request)]
    case .edit(let id): return removals + [edit(id, comment.body, on: request)]
    case .keep, .nothing: return removals
    }
  }
}
