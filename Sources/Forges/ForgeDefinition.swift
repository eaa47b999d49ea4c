package import TinyforgeCore

/// What is specific to one kind of forge.
///
/// It consists of values and functions rather than of a protocol's requirements: the linker keeps every conformance,
/// but drops a definition from a tool that asks no forge.
package final class ForgeDefinition: Sendable {
  /// The forge's name in messages.
  package let name: String
  /// What the forge calls a proposed change, such as "pull request".
  package let requestNoun: String
  /// The mark before a request's number, such as `#`.
  package let requestMark: String
  /// The public hosts that are of this kind.
  let publicHosts: [String]
  /// What a token requires to write comments and to tell its account.
  package let neededAccess: String
  /// The addresses and the authorization of the API.
  package let api: ForgeAPI
  /// The requests that read a commit and a file, and their answers.
  package let reading: ForgeReading
  /// The requests for comments, and their answers.
  package let comments: ForgeComments
  /// The requests for issues, and their answers.
  package let issues: ForgeIssues
  /// The pipelines that the forge runs.
  package let pipeline: ForgePipeline

  init(
    name: String, requestNoun: String, requestMark: String, publicHosts: [String],
    neededAccess: String, api: ForgeAPI,
    reading: ForgeReading, comments: ForgeComments, issues: ForgeIssues, pipeline: ForgePipeline
  ) {
    self.name = name
    self.requestNoun = requestNoun
    self.requestMark = requestMark
    self.publicHosts = publicHosts
    self.neededAccess = neededAccess
    self.api = api
    self.reading = reading
    self.comments = comments
    self.issues = issues
    self.pipeline = pipeline
  }
}

/// Where a forge's API is, and how a token is sent to it.
package struct ForgeAPI: Sendable {
  /// The base address of the API of the forge whose pages are below `root`: scheme, host, port and folder, without a
  /// final slash.
  package let base: @Sendable (_ root: String) -> String
  /// Whether an address is of such an API, and not of another forge's.
  let isBase: @Sendable (_ address: String) -> Bool
  /// The host of the pages, given the host of the API; nil if they are the same.
  package let pagesHost: @Sendable (_ apiHost: String) -> String?
  /// The header that carries a token, up to the token; `isJobToken` if it is the token of the running job.
  package let tokenHeader: @Sendable (_ token: Token, _ isJobToken: Bool) -> String
}

/// A branch, a tag, or any revision.
package enum ForgeReference: Hashable, Sendable {
  case branch(String)
  case tag(String)
  case revision(String)
}

/// A request to read something of a repository.
package struct RepositoryRequest: Sendable {
  /// The segments of its path, below the repository's.
  package var path: [String]
  /// The names and values of its query.
  package var query: [(String, String)] = []
  /// The media type to ask for; nil for the forge's usual one.
  package var accept: String?
}

/// The members of an answer that describe a commit.
package struct CommitAnswer: Sendable {
  /// The commit's id.
  package var id: ServerText?
  /// When it was committed.
  package var date: ServerJSON?
  /// Its message, or the first line of it.
  package var message: ServerJSON?
}

/// How a forge is asked for commits and files, and how it answers.
package struct ForgeReading: Sendable {
  /// Whether an owner may be several segments, as GitLab's groups are.
  package let hasNestedOwners: Bool
  /// The path of a repository, below the base of the API.
  package let repository: @Sendable (_ owner: [String], _ name: String) -> [String]
  /// The request for the commit that a reference leads to.
  ///
  /// A branch is asked for as one: where a tag has its name, a bare name would lead to the tag.
  package let commit: @Sendable (ForgeReference) -> RepositoryRequest
  /// Reads the answer to ``commit``.
  package let readCommit: @Sendable (ServerJSON) -> CommitAnswer
  /// Whether the answer to ``commit`` may be the bare id.
  package let answersWithBareID: Bool
  /// The request for the date and message of a commit, and how its answer is read; nil if ``commit`` answers with them.
  package let details:
    (
      request: @Sendable (_ id: String) -> RepositoryRequest,
      read: @Sendable (ServerJSON) -> CommitAnswer
    )?
  /// Whether a branch may also be asked for by its bare name.
  ///
  /// Tinyforge itself does so, and a server that imitates the forge may know no other form.
  package let takesBareNames: Bool
  /// The status of an answer about a repository without commits; nil if there is none of its own.
  package let emptyStatus: Int?
  /// The member of a repository's description that says that it has no commits; nil if there is none.
  package let emptyMember: String?
  /// The request for a file's bytes as of a commit.
  package let file: @Sendable (_ path: [String], _ commit: String) -> RepositoryRequest
  /// What an answer in JSON to ``file`` says is at the path instead of a file; nil if the forge does not answer so.
  package let obstacle: (@Sendable (ServerJSON) -> SpecObstacle?)?
  /// The header of a file's answer with the commit's id; nil if there is none.
  package let commitHeader: String?
  /// The header of a file's answer with the SHA-256 of its bytes; nil if there is none.
  package let digestHeader: String?
  /// The page of a commit, below the repository's.
  package let commitPage: @Sendable (_ id: String) -> String
  /// The page of a file as of a commit, below the repository's; `path` is encoded.
  package let filePage: @Sendable (_ path: String, _ commit: String) -> String
}

/// How a forge is asked for the comments of a pull or merge request, and how it answers.
package struct ForgeComments: Sendable {
  /// The most UTF-16 units that a comment may have.
  package let limit: Int
  /// The headers of every request.
  package let headers: [(String, String)]
  /// The request itself: whether it is open, and whether its thread is locked.
  let request: @Sendable (PullRequest) -> String
  /// The word of an open request's `state`.
  package let openState: String
  /// The member that says whether the thread of a request is locked.
  package let lockedMember: String
  /// Where comments are created.
  let all: @Sendable (PullRequest) -> String
  /// A page of the comments, oldest first, counted from 1.
  let page: @Sendable (PullRequest, _ number: Int) -> String
  /// One comment, to edit or delete it.
  let one: @Sendable (PullRequest, _ id: Int64) -> String
  /// The method that edits a comment.
  let editMethod: String
  /// The member of a comment that describes its author.
  let authorMember: String
  /// The member of an account that is its login.
  let loginMember: String
  /// The request for the account of the token, given the base of the API.
  package let viewer: @Sendable (_ api: String) -> APIRequest
  /// The account in the answer to ``viewer``.
  package let account: @Sendable (ServerJSON) -> ServerJSON?
  /// Whether the forge executes a line of a comment that begins with a slash and a word (`/close`, `/merge`).
  let executesCommands: Bool
}

/// How a forge describes a pipeline to its jobs, and a request by its page.
package struct ForgePipeline: Sendable {
  /// Looks up an environment variable; nil if it is unset or empty.
  package typealias Variable = (String) -> String?
  /// Reads a file; nil if it cannot be read.
  package typealias File = (String) -> [UInt8]?

  /// Whether the environment is that of a job.
  let isRunning: @Sendable (Variable) -> Bool
  /// The pipeline that the environment describes.
  let describe: @Sendable (Variable, File) -> Pipeline
  /// The variables with the addresses of the forge, of its pages and of its API.
  let addressVariables: [String]
  /// The variable with the token of the job; nil if its token is given to the tools otherwise.
  package let jobTokenVariable: String?
  /// The request of a page: `root` is the address up to the host, `parts` the segments of the path.
  let requestOfPage: @Sendable (_ root: String, _ parts: [String]) -> PullRequest?
}
