internal import CPostgres
import TinyforgeCore

extension PostgresConnection {
  /// Runs one statement.
  @discardableResult
  func run(_ statement: PostgresStatement, mayCancel: Bool = true)
    throws(PostgresFault) -> PostgresResult
  {
    try requireText(statement, 0)
    try send(statement)
    try flush(statement.operation)
    let results = try results(of: statement, number: 0, mayCancel: mayCancel)
    guard let last = results.last else { throw lost(statement.operation) }
    return last
  }

  /// Runs statements that are sent together and take one round trip; the first that fails ends all of them.
  ///
  /// `onSlow` is called once if an answer takes a while, with the number of its statement.
  @discardableResult
  func run(_ statements: [PostgresStatement], onSlow: (Int) -> Void = { _ in })
    throws(PostgresFault) -> [PostgresResult]
  {
    guard let last = statements.last else { return [] }
    for (number, statement) in statements.enumerated() { try requireText(statement, number) }
    guard PQenterPipelineMode(handle) == 1 else { throw lost(last.operation) }
    var fault: PostgresFault?
    var found: [PostgresResult] = []
    for statement in statements {
      if statement.mayWait { PQsendFlushRequest(handle) }
      try send(statement)
    }
    guard PQpipelineSync(handle) == 1 else { throw lost(last.operation) }
    try flush(last.operation)
    for (number, statement) in statements.enumerated() {
      do throws(PostgresFault) {
        found += try results(of: statement, number: number) { onSlow(number) }.suffix(1)
      } catch {
        if isBroken || fault == nil { fault = fault ?? error }
        if isBroken { break }
      }
    }
    try leavePipeline(last.operation, after: fault)
    return found
  }

  /// Reads up to the mark that ends the statements that were sent together.
  private func leavePipeline(_ operation: String, after fault: PostgresFault?) throws(PostgresFault)
  {
    if let fault, isBroken { throw fault }
    do throws(PostgresFault) { _ = try nextResult(operation, mayCancel: false) } catch {
      throw fault ?? error
    }
    PQexitPipelineMode(handle)
    if let fault { throw fault }
  }

  /// Runs a statement whose rows are handed out one by one, so that many take little memory.
  ///
  /// False from `body` ends it: what the server sent meanwhile is read and dropped.
  func forEachRow(_ statement: PostgresStatement, _ body: (PostgresResult) -> Bool)
    throws(PostgresFault)
  {
    try requireText(statement, 0)
    try send(statement)
    PQsetSingleRowMode(handle)
    try flush(statement.operation)
    var goesOn = true
    var fault: PostgresFault?
    while let result = try nextResult(statement.operation) {
      if let found = self.fault(of: result, statement, number: 0) { fault = fault ?? found }
      if goesOn, result.count > 0 { goesOn = body(result) }
    }
    if let fault { throw fault }
  }

  /// Refuses what ends for C at a NUL: the rest of the parameter would be lost.
  private func requireText(_ statement: PostgresStatement, _ number: Int) throws(PostgresFault) {
    guard statement.parameters.contains(where: { $0?.utf8.contains(0) == true }) else { return }
    throw PostgresFault(
      kind: .refused(state: "22021"), words: "text in PostgreSQL cannot hold the character U+0000",
      operation: statement.operation, statement: number)
  }

  private func send(_ statement: PostgresStatement) throws(PostgresFault) {
    let sent = Self.withCStrings([statement.sql]) { sql in
      Self.withCStrings(statement.parameters) { values in
        PQsendQueryParams(
          handle, sql?.pointee, Int32(statement.parameters.count), nil, values, nil, nil, 0)
      }
    }
    guard sent == 1 else { throw lost(statement.operation) }
  }

  /// All results of a statement, up to the end that libpq marks.
  private func results(
    of statement: PostgresStatement, number: Int, mayCancel: Bool = true,
    onSlow: () -> Void = {}
  ) throws(PostgresFault) -> [PostgresResult] {
    var found: [PostgresResult] = []
    var fault: PostgresFault?
    do throws(PostgresFault) {
      while let result = try nextResult(statement.operation, mayCancel: mayCancel, onSlow: onSlow) {
        fault = fault ?? self.fault(of: result, statement, number: number)
        found.append(result)
      }
    } catch {
      // The server may have told why it ends the session.
      throw fault ?? error
    }
    if let fault { throw fault }
    return found
  }

  /// Why a result is an error; nil where it is none.
  private func fault(of result: PostgresResult, _ statement: PostgresStatement, number: Int)
    -> PostgresFault?
  {
    switch result.status {
    case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_PIPELINE_ABORTED: break
    default: return nil
    }
    let state = result.errorField("C")
    // postgresql.org, "PostgreSQL Error Codes": class 08 and the shutdowns of 57 end the session.
    let isLost = state.startsWithBytes(of: "08") || ["57P01", "57P02", "57P05"].contains(state)
    var fault = PostgresFault(
      kind: isLost || (state.isEmpty && isBroken) ? .lost : .refused(state: state),
      words: scrubbed(state.isEmpty ? message : result.errorField("M")),
      operation: statement.operation, statement: number)
    if state == "57014", isInterrupted() { fault.kind = .interrupted }
    return fault
  }
}
