internal import TinyforgeCore

extension APIRequest {
  /// The request that opens an issue.
  package static func open(_ issue: StickyIssue, labels: [IssueLabel], on tracker: IssueTracker)
    -> APIRequest
  {
    let forge = tracker.forge.definition.issues
    var members: [JSONValue.Member] = [
      .init("title", .string(issue.title)), .init(forge.bodyMember, .string(issue.text.body)),
    ]
    if !labels.isEmpty { members.append(.init("labels", forge.labels(labels))) }
    return APIRequest(
      method: "POST", address: tracker.issuesAddress, json: .object(members))
  }

  /// The request that gives an issue another text, and opens or closes it where `isOpen` says so.
  package static func edit(
    issue number: Int64, _ body: String?, isOpen: Bool? = nil, on tracker: IssueTracker
  ) -> APIRequest {
    let forge = tracker.forge.definition.issues
    var members: [JSONValue.Member] = []
    if let body { members.append(.init(forge.bodyMember, .string(body))) }
    if let isOpen { members.append(forge.state(isOpen)) }
    return APIRequest(
      method: forge.editMethod, address: forge.one(tracker, number), json: .object(members))
  }

  /// The request that writes a comment on an issue.
  package static func comment(_ body: String, issue number: Int64, on tracker: IssueTracker)
    -> APIRequest
  {
    APIRequest(
      method: "POST", address: tracker.forge.definition.issues.comments(tracker, number),
      json: ["body": .string(body)])
  }

  /// The requests that carry out a step.
  package static func all(
    _ step: IssueStep, _ issue: StickyIssue, labels: [IssueLabel], on tracker: IssueTracker
  ) -> [APIRequest] {
    closing(step, issue, on: tracker) + all(step.action, issue, labels: labels, on: tracker)
  }

  /// The requests that close further issues, and lead to the one that is kept.
  package static func closing(_ step: IssueStep, _ issue: StickyIssue, on tracker: IssueTracker)
    -> [APIRequest]
  {
    guard let kept = step.kept else { return [] }
    return step.duplicates.flatMap { number in
      [
        edit(issue: number, nil, isOpen: false, on: tracker),
        comment("\(issue.continuedIn) #\(kept)", issue: number, on: tracker),
      ]
    }
  }

  /// The requests that carry out an action.
  package static func all(
    _ action: IssueStep.Action, _ issue: StickyIssue, labels: [IssueLabel], on tracker: IssueTracker
  ) -> [APIRequest] {
    let body = issue.text.body
    switch action {
    case .open: return [open(issue, labels: labels, on: tracker)]
    case .edit(let number): return [edit(issue: number, body, on: tracker)]
    case .reopen(let number): return [edit(issue: number, body, isOpen: true, on: tracker)]
    case .close(let number):
      return [
        edit(issue: number, body, isOpen: false, on: tracker),
        comment(issue.lastWord, issue: number, on: tracker),
      ]
    case .keep, .leaveClosed, .nothing: return []
    }
  }
}
