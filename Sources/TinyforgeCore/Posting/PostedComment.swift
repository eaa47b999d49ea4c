/// A comment as a forge's API gives it.
package struct PostedComment: Sendable, Equatable {
  package var id: Int64
  /// The author's login; empty where the account is gone.
  package var author: String
  package var body: String

  package init(id: Int64, author: String, body: String) {
    self.id = id
    self.author = author
    self.body = body
  }

  /// Reads a comment; nil where it has no number, and for GitLab's notes of the system itself.
  package init?(_ json: JSONValue, forge: ForgeKind) {
    guard let id = json["id"]?.wholeNumber, json["system"] != .bool(true) else { return nil }
    self.id = Int64(id)
    author = PostedComment.login(json[forge == .gitlab ? "author" : "user"], forge: forge) ?? ""
    body = json["body"]?.text ?? ""
  }

  /// An account's login; nil where there is none.
  package static func login(_ account: JSONValue?, forge: ForgeKind) -> String? {
    account?[forge == .gitlab ? "username" : "login"]?.text
  }

  /// Logins are one whatever their case.
  package func isBy(_ login: String) -> Bool {
    !author.isEmpty && author.lowercased() == login.lowercased()
  }
}

extension StickyComment {
  /// Of a request's comments those of this pipeline, name and author, the oldest first.
  ///
  /// Anybody can write a marker, and nobody else can be the author.
  package func own(among comments: [PostedComment], author: String) -> [PostedComment] {
    comments.filter { $0.isBy(author) && isSibling($0.body) }.sorted { $0.id < $1.id }
  }
}
