internal import TinyforgeCore

/// The next step for an issue, given the issues of the repository.
package struct IssueStep: Sendable, Equatable {
  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// There is none yet.
    case open
    /// It has another text.
    case edit(Int64)
    /// It is closed, and there is drift that its text does not tell of.
    case reopen(Int64)
    /// It is open, and the drift is gone.
    case close(Int64)
    /// It says the same already.
    case keep(Int64)
    /// Somebody closed it while there was the very drift that it reports.
    case leaveClosed(Int64)
    /// There is none, and nothing worth one.
    case nothing
  }

  /// What is to be done with the issue.
  package var action: Action
  /// Further open issues of the same pipeline and name, which a race left.
  package var duplicates: [Int64]

  /// The issue that is kept; nil where there is none yet.
  package var kept: Int64? {
    switch action {
    case .edit(let number), .reopen(let number), .close(let number), .keep(let number),
      .leaveClosed(let number):
      number
    case .open, .nothing: nil
    }
  }
}
