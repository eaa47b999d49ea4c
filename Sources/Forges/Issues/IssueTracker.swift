package import TinyforgeCore

/// The issues of a repository, as its forge's API addresses them.
package struct IssueTracker: Sendable, Equatable {
  /// The forge that it is on.
  package let forge: ForgeKind
  /// The API's base address, without a final slash.
  package let api: String
  /// `OWNER/NAME`; on GitLab the owner may be several segments.
  package let project: String

  /// Nil where a part is not of a form that an address can be made of.
  package init?(_ forge: ForgeKind, api: String, project: String) {
    let base = api.trimmed(of: "/")
    guard ForgeAddress.isBase(base), Self.isProject(project) else { return nil }
    guard ForgeAddress.isProject(project, on: forge) else { return nil }
    self.forge = forge
    self.api = base
    self.project = project
  }

  /// Whether a text is `OWNER/NAME` of some forge.
  package static func isProject(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "/")) && ForgeAddress.isProject(text, on: .gitlab)
  }

  /// The first segment: the account, organization or group.
  var owner: String { project.splitAtScalar("/").first.map(String.init) ?? project }

  /// An issue as people name it, such as `acme/ops#7`, which is also a reference that forges link.
  package func name(of number: Int64) -> String { "\(project)#\(number)" }

  /// What a write to the issues concerns; to one issue, if that is known.
  package func place(of number: Int64? = nil) -> PostPlace {
    PostPlace(
      forge: forge, api: api, noun: number == nil ? "repository" : "issue",
      name: number.map(name) ?? project, isFromFork: false,
      neededAccess: forge.definition.issues.neededAccess, isIssue: true)
  }
}

// MARK: - Addresses of the API

extension IssueTracker {
  private var issues: ForgeIssues { forge.definition.issues }

  /// The repository itself: whether it has issues, and whether it is archived.
  package var repositoryAddress: String { issues.repository(self) }

  /// A page of its issues, open and closed, counted from 1.
  package func issuesAddress(page: Int) -> String { issues.page(self, page) }

  /// Where issues are created.
  package var issuesAddress: String { issues.all(self) }

  /// A page of each list of labels that have to be sent by their ids; none where names are sent.
  package func labelAddresses(page: Int) -> [String] { issues.labelPages.map { $0(self, page) } }
}
