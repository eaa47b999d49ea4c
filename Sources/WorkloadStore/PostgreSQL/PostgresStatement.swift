/// A statement with its parameters, which are never a part of its text.
struct PostgresStatement {
  /// With `$1`, `$2` and so on for the parameters, each with a cast to its type.
  var sql: String
  /// As text in UTF-8; nil is NULL.
  var parameters: [String?]
  /// What it is for, as a message says it: "cannot *read the workloads*".
  var operation: String

  /// It may wait for others: what was done before it is told first, so that the one that waits is known.
  var mayWait = false

  /// Creates one from its parts.
  init(_ sql: String, _ parameters: [String?] = [], to operation: String) {
    self.sql = sql
    self.parameters = parameters
    self.operation = operation
  }
}
