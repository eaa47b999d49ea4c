// Block collections start and end by indentation.
extension YAMLScanner {
  /// Opens a block collection at `column`, if that is deeper than the innermost one.
  ///
  /// Its token goes before the token with the number `number`, or at the end of the queue.
  mutating func rollIndent(
    to column: Int, _ kind: YAMLToken.Kind, before number: Int? = nil, at mark: YAMLMark
  ) throws(YAMLError) {
    guard flowLevel == 0, indent < column else { return }
    indents.append(indent)
    indent = column
    if indents.count > 10_000 {
      throw scannerError("collections are nested more than 10000 deep", from: mark)
    }
    let token = YAMLToken(kind, mark, mark)
    if let number {
      try insert(token, before: number)
    } else {
      append(token)
    }
  }

  /// Closes the block collections that are deeper than `column`.
  ///
  /// `mark` is where white space began, and with it the end.
  mutating func unrollIndent(to column: Int, at mark: YAMLMark) {
    guard flowLevel == 0 else { return }
    while indent > column, let outer = indents.popLast() {
      append(YAMLToken(.blockEnd, mark, mark))
      indent = outer
    }
  }
}
