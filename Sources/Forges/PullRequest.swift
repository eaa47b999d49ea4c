package import TinyforgeCore

/// A pull or merge request, as its forge's API addresses it.
package struct PullRequest: Sendable, Equatable {
  /// The forge that it is on.
  package let forge: ForgeKind
  /// The API's base address, without a final slash, such as `https://api.github.com`.
  package let api: String
  /// `owner/name`; on GitLab the project's number or its path.
  package let project: String
  /// The number of the request.
  package let number: Int
  /// Whether it proposes changes of another repository, whose runs get no secrets.
  package let isFromFork: Bool

  /// Nil where a part is not of a form that an address can be made of.
  package init?(
    _ forge: ForgeKind, api: String, project: String, number: Int, isFromFork: Bool = false
  ) {
    let base = api.trimmed(of: "/")
    guard ForgeAddress.isBase(base), number > 0 else { return nil }
    guard ForgeAddress.isProject(project, on: forge) else { return nil }
    self.forge = forge
    self.api = base
    self.project = project
    self.number = number
    self.isFromFork = isFromFork
  }

  /// What a write to it concerns.
  package var place: PostPlace {
    PostPlace(
      forge: forge, api: api, noun: forge.definition.requestNoun, name: shownName,
      isFromFork: isFromFork, neededAccess: forge.definition.neededAccess, isIssue: false)
  }

  /// As people name it, such as `acme/shop#7` and `acme/shop!7`.
  package var shownName: String { "\(project)\(forge.definition.requestMark)\(number)" }
}

// MARK: - Addresses of the API

extension PullRequest {
  private var comments: ForgeComments { forge.definition.comments }

  /// The request itself: whether it is open, and whether its thread is locked.
  package var address: String { comments.request(self) }

  /// Where comments are created.
  package var commentsAddress: String { comments.all(self) }

  /// A page of its comments, oldest first, counted from 1.
  package func commentsAddress(page: Int) -> String { comments.page(self, page) }

  /// One comment, to edit or delete it.
  package func commentAddress(_ id: Int64) -> String { comments.one(self, id) }
}

extension String {
  /// Without that character at the end.
  func trimmed(of character: Character) -> String {
    String(reversed().drop { $0 == character }.reversed())
  }
}
