package import TinyforgeCore

/// A comment as a forge's API gives it.
package struct PostedComment: Sendable {
  /// The number of the comment.
  package var id: Int64
  /// The author's login; empty where the account is gone.
  package var author: ServerText
  /// Its text.
  package var body: ServerText

  /// Creates one from its parts.
  package init(id: Int64, author: ServerText, body: ServerText) {
    self.id = id
    self.author = author
    self.body = body
  }

  /// Reads a comment; nil where it has no number, and for GitLab's notes of the system itself.
  package init?(_ json: ServerJSON, forge: ForgeKind) {
    guard let id = json["id"]?.wholeNumber, json["system"]?.isTrue != true else { return nil }
    self.id = Int64(id)
    let account = json[forge.definition.comments.authorMember]
    author = PostedComment.login(account, forge: forge) ?? ServerText("")
    body = json["body"]?.text ?? ServerText("")
  }

  /// An account's login; nil where there is none.
  package static func login(_ account: ServerJSON?, forge: ForgeKind) -> ServerText? {
    account?[forge.definition.comments.loginMember]?.text
  }

  /// Logins are one whatever their case.
  package func isBy(_ login: ServerText) -> Bool {
    !author.isEmpty && author.isSame(ignoringCase: login)
  }
}

extension StickyComment {
  /// Of a request's comments those of this pipeline, name and author, the oldest first.
  ///
  /// Anybody can write a marker; only this account can be its author.
  package func own(among comments: [PostedComment], author: ServerText) -> [PostedComment] {
    comments.filter { $0.isBy(author) && $0.body.satisfies(isSibling) }.sorted { $0.id < $1.id }
  }
}
