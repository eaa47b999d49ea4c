package import Forges
package import TinyforgeCore

/// The issues of one repository, by its forge's API.
package struct IssueAPI: Sendable {
  /// The repository's issues.
  package let tracker: IssueTracker
  private let caller: ForgeCaller

  /// `author` is the account that the token is of, nil to ask the forge for it; `deadline` ends all requests together.
  package init(
    _ tracker: IssueTracker, client: HTTPClient, token: Token, author: String?,
    deadline: ContinuousClock.Instant
  ) {
    self.tracker = tracker
    caller = ForgeCaller(
      tracker.place(), client: client, token: token, author: author, deadline: deadline)
  }

  /// The login of the account that the token is of.
  func login() async throws(Failure) -> ServerText { try await caller.login() }

  /// Makes sure that the repository can be seen, and takes issues.
  func checkRepository() async throws(Failure) {
    let repository = try await caller.read(tracker.repositoryAddress)
    if repository["archived"]?.isTrue == true {
      throw Failure(
        .denied, "the repository of \(tracker.project) is archived",
        remedy: "name another one with --post-issue OWNER/REPO")
    }
    let enabled = repository[tracker.forge.definition.issues.enabledMember]
    if let enabled, !enabled.isTrue {
      throw Failure(
        .denied, "issues are switched off in \(tracker.project)",
        remedy: "enable them in its settings, or name another one with --post-issue OWNER/REPO")
    }
  }

  /// All issues, open and closed, through all pages.
  func issues() async throws(Failure) -> [PostedIssue] {
    let id = tracker.forge.definition.issues.numberMember
    guard let items = try await caller.items(id: id, { tracker.issuesAddress(page: $0) }) else {
      throw Failure(
        .network, "\(tracker.project) has more issues than are looked through",
        remedy: "name another repository with --post-issue OWNER/REPO")
    }
    return items.compactMap { PostedIssue($0, forge: tracker.forge) }
  }

  /// The labels as they are sent, without those that the forge does not know.
  ///
  /// GitHub and GitLab take names, and make what is missing.
  func labels(_ names: [String]) async throws(Failure) -> [IssueLabel] {
    var labels = names.map { IssueLabel(name: $0) }
    for list in tracker.labelAddresses(page: 1).indices
    where labels.contains(where: { $0.id == nil }) {
      let known = try await knownLabels(list)
      for index in labels.indices where labels[index].id == nil {
        let name = ServerText(labels[index].name)
        let found = known.first { $0["name"]?.text?.isSame(ignoringCase: name) == true }
        labels[index].id = found?["id"]?.wholeNumber.map { Int64($0) }
      }
    }
    return tracker.labelAddresses(page: 1).isEmpty ? labels : labels.filter { $0.id != nil }
  }

  /// A list of labels; that of an organization is empty where there is none, or the token may not read it.
  private func knownLabels(_ list: Int) async throws(Failure) -> [ServerJSON] {
    do throws(Failure) {
      return try await caller.items { tracker.labelAddresses(page: $0)[list] } ?? []
    } catch {
      guard list > 0, error.code == .notFound || error.code == .denied else { throw error }
      return []
    }
  }

  /// Carries out a write; `issue` is the one that it concerns.
  func write(_ write: APIRequest, issue: PostedIssue? = nil) async throws(Failure) -> ForgeWritten {
    try await caller.write(
      write, namesOne: issue != nil, isLocked: issue?.isLocked ?? false,
      issue.map { tracker.place(of: $0.number) })
  }
}
