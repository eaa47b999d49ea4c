/// Keeps text of others from opening a command of a pipeline's runner, in whatever pieces it is written.
///
/// A runner takes a line for a command if it begins with `::`, white space and invisible characters before it left
/// out, and looks for the older forms (`##[error]`, `##vso[`, `##teamcity[`) anywhere in it. The last character
/// of such an opening is written by the form's own rules for escapes; where the form has none, a space goes before it.
package struct CommandGuard: Sendable {
  /// What the text is written as, which decides how an opening is broken.
  package enum Form: Sendable {
    /// For people, or a form that cannot escape these characters.
    case text
    /// JSON, or lines of it.
    case json
    /// HTML or XML.
    case markup
    /// The tools' own workflow commands, which work; what they hold opens no other.
    case commands
  }

  private enum Line { case start, colon, taken }
  private enum Hashes { case none, one, two }
  /// A terminal's escape sequence, which shows nothing.
  private enum Sequence { case none, begun, open }

  private var line = Line.start
  private var hashes = Hashes.none
  private var sequence = Sequence.none
  /// Whether nothing at all is on the line yet.
  private var isFirstColumn = true

  /// Creates one with its defaults.
  package init() {}

  /// The text as it may be written after what was written before.
  package mutating func guarded(_ text: String, as form: Form = .text) -> String {
    // Another stream may have begun the line that goes on here.
    if line == .taken { line = .start }
    guard mayOpen(text.utf8[...], form) else {
      noteEnd(of: text.utf8[...])
      return text
    }
    var written: [UInt8] = []
    written.reserveCapacity(text.utf8.count + 16)
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map(rest.index(after:)) ?? rest.endIndex
      add(rest[..<end], form, &written)
      rest = rest[end...]
    }
    return String(decoding: written, as: UTF8.self)
  }

  /// Adds a line with its end; scalar by scalar only where an opening could be in it.
  private mutating func add(
    _ bytes: Substring.UTF8View, _ form: Form, _ written: inout [UInt8]
  ) {
    guard mayOpen(bytes, form) else {
      noteEnd(of: bytes)
      written += bytes
      return
    }
    let text = Substring(bytes)
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if form == .commands, isFirstColumn, Self.isOwnCommand(text.utf8[index...]) { line = .taken }
      isFirstColumn = false
      take(scalar, form, &written)
    }
  }

  // MARK: The quick look

  /// Whether an opening could be in the text: few texts have one, and bytes are searched faster.
  private func mayOpen(_ bytes: Substring.UTF8View, _ form: Form) -> Bool {
    if hashes != .none || line == .colon || sequence != .none || form == .commands { return true }
    return bytes.withContiguousStorageIfAvailable { Self.mayOpen($0, form) } ?? true
  }

  private static func mayOpen(_ bytes: UnsafeBufferPointer<UInt8>, _ form: Form) -> Bool {
    let (hash, looksAtLines) = (UInt8(ascii: "#"), form != .json)
    var rest = bytes[...]
    if looksAtLines, mayStartOpening(rest) { return true }
    // One comparison for most bytes: line breaks come before `#`.
    while let place = rest.firstIndex(where: { $0 <= hash && ($0 == hash || isLineBreak($0)) }) {
      let isHash = rest[place] == hash
      rest = rest[(place + 1)...]
      if isHash {
        // What follows may be written later.
        guard let next = rest.first, next != hash, !isUnusual(next) else { return true }
      } else if looksAtLines, mayStartOpening(rest) {
        return true
      }
    }
    return false
  }

  /// Whether an opening could begin with the first byte of a line that is not white space.
  private static func mayStartOpening(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return first.map { $0 == UInt8(ascii: ":") || isUnusual($0) } ?? false
  }

  private static func isUnusual(_ byte: UInt8) -> Bool {
    byte >= 0x7F || (byte < 0x20 && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\n"))
  }

  private static func isLineBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func noteEnd(of bytes: Substring.UTF8View) {
    guard let last = bytes.last else { return }
    isFirstColumn = Self.isLineBreak(last)
    line = isFirstColumn ? .start : .taken
  }

  // MARK: The exact look

  private mutating func take(_ scalar: Unicode.Scalar, _ form: Form, _ written: inout [UInt8]) {
    if sequence != .none { return goOnInSequence(scalar, &written) }
    if scalar == "\u{1B}" {
      // The sequence's own bracket would complete an opening.
      if hashes == .two { written.append(UInt8(ascii: " ")) }
      (hashes, sequence) = (.none, .begun)
      return Self.append(scalar, &written)
    }
    guard !Self.isBreak(scalar) else {
      (line, hashes, isFirstColumn) = (.start, .none, true)
      return Self.append(scalar, &written)
    }
    if completes(scalar) {
      written += Self.broken(scalar, form).utf8
    } else {
      Self.append(scalar, &written)
    }
  }

  private mutating func goOnInSequence(_ scalar: Unicode.Scalar, _ written: inout [UInt8]) {
    if sequence == .begun {
      sequence = scalar == "[" ? .open : .none
    } else if (0x40...0x7E).contains(scalar.value) {
      sequence = .none
    }
    Self.append(scalar, &written)
  }

  /// Whether the scalar completes an opening; notes what it begins.
  private mutating func completes(_ scalar: Unicode.Scalar) -> Bool {
    if Self.isInvisible(scalar) {
      if line == .start || !scalar.properties.isWhitespace { return false }
    }
    let opens = line == .colon && scalar == ":" || hashes == .two && scalar == "["
    line = line == .start && scalar == ":" ? .colon : .taken
    switch scalar {
    case "#": hashes = hashes == .none ? .one : .two
    case "a"..."z", "A"..."Z": hashes = hashes == .two ? .two : .none
    default: hashes = .none
    }
    return opens
  }

  /// What does not keep an opening from being one: the runner trims white space, and compares texts as its
  /// language does, which passes over characters that show nothing.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F || scalar.value <= 0x20 else { return false }
    let properties = scalar.properties
    if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return true }
    return properties.generalCategory == .control || properties.generalCategory == .format
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{B}", "\u{C}", "\u{1C}"..."\u{1E}", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  private static func isOwnCommand(_ rest: Substring.UTF8View) -> Bool {
    WorkflowCommand.names.contains { rest.starts(with: "::\($0) ".utf8) }
  }

  private static func broken(_ scalar: Unicode.Scalar, _ form: Form) -> String {
    switch form {
    case .text, .commands: " \(scalar)"
    case .json: "\\u00" + String(scalar.value, radix: 16)
    case .markup: "&#\(scalar.value);"
    }
  }

  private static func append(_ scalar: Unicode.Scalar, _ written: inout [UInt8]) {
    if scalar.isASCII {
      written.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      written += String(scalar).utf8
    }
  }
}
