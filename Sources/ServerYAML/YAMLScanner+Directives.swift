// `%YAML` and `%TAG`.
extension YAMLScanner {
  mutating func scanDirective() throws(YAMLError) -> YAMLToken {
    let start = input.mark
    input.skip()
    let token: YAMLToken
    switch try scanDirectiveName(start) {
    case Array("YAML".utf8): token = try scanVersionDirective(start)
    case Array("TAG".utf8): token = try scanTagDirective(start)
    default: throw directiveError("only %YAML and %TAG are known", start)
    }
    try input.skipBlanks()
    if input.byte() == "#" { try input.skipToBreak() }
    guard input.isBreakOrEnd() else {
      throw directiveError("something other than a comment follows", start)
    }
    try input.skipBreak()
    return token
  }

  private mutating func scanDirectiveName(_ start: YAMLMark) throws(YAMLError) -> [UInt8] {
    var name: [UInt8] = []
    try input.readName(into: &name)
    guard !name.isEmpty else { throw directiveError("the name is missing", start) }
    guard input.isBlankOrEnd() else {
      throw directiveError("the name holds a character that is not allowed", start)
    }
    return name
  }

  private mutating func scanVersionDirective(_ start: YAMLMark) throws(YAMLError) -> YAMLToken {
    try input.skipBlanks()
    let major = try scanVersionNumber(start)
    guard input.byte() == "." else {
      throw directiveError("the version must be two numbers with a '.' between", start)
    }
    input.skip()
    let minor = try scanVersionNumber(start)
    return YAMLToken(.versionDirective, start, input.mark, value: [major, minor])
  }

  private mutating func scanVersionNumber(_ start: YAMLMark) throws(YAMLError) -> UInt8 {
    try input.need(1)
    var value: UInt8 = 0
    var digits = 0
    while input.byte().isDigit {
      digits += 1
      guard digits <= 2 else { throw directiveError("the version number is too long", start) }
      value = value * 10 + (input.byte() - 0x30)
      input.skip()
      try input.need(1)
    }
    guard digits > 0 else { throw directiveError("the version number is missing", start) }
    return value
  }

  private mutating func scanTagDirective(_ start: YAMLMark) throws(YAMLError) -> YAMLToken {
    try input.skipBlanks()
    let handle = try scanTagHandle(start, inDirective: true)
    try input.need(1)
    guard input.isBlank() else {
      throw directiveError("white space must follow the handle", start)
    }
    try input.skipBlanks()
    let prefix = try scanTagURI(nil, start, inDirective: true)
    try input.need(1)
    guard input.isBlankOrEnd() else {
      throw directiveError("white space must follow the prefix", start)
    }
    return YAMLToken(.tagDirective, start, input.mark, value: handle, suffix: prefix)
  }

  private func directiveError(_ problem: YAMLError.Problem, _ start: YAMLMark) -> YAMLError {
    scannerError(problem, "in a directive", from: start)
  }
}
