/// JSON text that is read as it comes: of a long list one item is held at a time.
///
/// What it takes and refuses is decided by ``JSONReader``, which reads each value.
package struct JSONStream {
  /// More than any value takes that the tools write and that is not a list.
  private static let valueLimit = 64 << 20

  /// Holds what was read and not yet taken.
  private var reader = JSONReader([])
  /// Where that begins in the text.
  private var base: Int
  /// The next bytes; empty at the end.
  private let more: () throws -> [UInt8]

  /// Reads what `more` gives until it gives nothing; `offset` is where in the text that begins.
  package init(at offset: Int = 0, _ more: @escaping () throws -> [UInt8]) {
    base = offset
    self.more = more
  }

  /// A text that is there already.
  package init(_ bytes: [UInt8]) {
    var rest = bytes
    self.init {
      defer { rest = [] }
      return rest
    }
  }

  /// Where the next byte is in the text.
  package var offset: Int { base + reader.position }

  /// The next byte that is not white space; nil at the end of the text.
  package mutating func next() throws -> UInt8? {
    repeat {
      reader.skipWhiteSpace()
      if let byte = reader.peek { return byte }
    } while try fill()
    return nil
  }

  /// Reads the value that follows.
  package mutating func value() throws -> JSONValue {
    _ = try next()
    var end = ValueEnd()
    while !end.isFound(in: reader.bytes, from: reader.position), try fill() {}
    return try placed { (reader) throws(JSONFault) in try reader.readValue() }
  }

  /// Reads the members of the object that follows, all but those that `take` reads itself, of which it returns true.
  package mutating func members(
    _ take: (String, inout JSONStream) throws -> Bool = { _, _ in false }
  ) throws -> [JSONValue.Member] {
    guard try next() == UInt8(ascii: "{") else { throw fault(reader.notAnObject.problem) }
    try placed { (reader) throws(JSONFault) in try reader.enter() }
    defer { reader.depth -= 1 }
    var members: [JSONValue.Member] = []
    var names = JSONNames()
    var isFirst = true
    while try goesOn("}", isFirst: isFirst, or: "a comma or a closing brace is missing") {
      isFirst = false
      let start = offset
      let name = try name()
      guard names.insert(name) else {
        throw JSONFault(
          problem: "the name \"\(name.shownSafely)\" appears twice in one object", offset: start)
      }
      guard try !take(name, &self) else { continue }
      members.append(JSONValue.Member(name, try value()))
    }
    return members
  }

  /// Reads the list that follows: `each` reads one item.
  package mutating func items(_ each: (inout JSONStream) throws -> Void) throws {
    guard try next() == UInt8(ascii: "[") else { throw fault("this is not a list") }
    try placed { (reader) throws(JSONFault) in try reader.enter() }
    var isFirst = true
    while try hasItem(isFirst: isFirst) {
      try each(&self)
      isFirst = false
    }
  }

  /// Whether another item follows in a list, which ends otherwise; in the middle of one that was begun elsewhere too.
  package mutating func hasItem(isFirst: Bool) throws -> Bool {
    let isThere = try goesOn(
      "]", isFirst: isFirst, or: "a comma or a closing bracket is missing")
    if !isThere { reader.depth -= 1 }
    return isThere
  }

  /// Throws unless the text is at its end.
  package mutating func expectEnd() throws {
    guard try next() == nil else { throw fault("more text follows the JSON value") }
  }

  // MARK: Parts of a value

  /// Whether an item or member follows: not after the closing character, and after a comma but for the first.
  private mutating func goesOn(
    _ closing: Unicode.Scalar, isFirst: Bool, or problem: String
  ) throws -> Bool {
    _ = try next()
    if reader.take(closing) { return false }
    guard isFirst || reader.take(",") else { throw fault(problem) }
    _ = try next()
    return true
  }

  private mutating func name() throws -> String {
    guard try next() == UInt8(ascii: "\"") else { throw fault("a quoted name is missing") }
    guard case .string(let name) = try value() else { throw fault("a quoted name is missing") }
    _ = try next()
    guard reader.take(":") else { throw fault("a colon is missing") }
    return name
  }

  private func fault(_ problem: String) -> JSONFault {
    JSONFault(problem: problem, offset: offset)
  }

  /// Runs the reader on the bytes that are held; its faults have their offset in the whole text.
  private mutating func placed<Value>(
    _ read: (inout JSONReader) throws(JSONFault) -> Value
  ) throws(JSONFault) -> Value {
    do {
      return try read(&reader)
    } catch {
      throw JSONFault(problem: error.problem, offset: base + error.offset)
    }
  }

  /// Reads more of the text, in the place of what was taken; returns false at its end.
  private mutating func fill() throws -> Bool {
    let bytes = try more()
    if bytes.isEmpty { return false }
    base += reader.position
    reader.replaceRead(by: bytes)
    guard reader.bytes.count <= Self.valueLimit else {
      throw fault("a value has more than \(Self.valueLimit >> 20) MiB")
    }
    return true
  }
}

/// Looks for the end of a value in bytes that come piece by piece.
private struct ValueEnd {
  /// How many bytes of the value were looked at.
  private var count = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether the value is a number or a word, which the next delimiter ends.
  private var isPlain = false

  /// Whether the value that begins there ends within the bytes; asked again once more were added.
  mutating func isFound(in bytes: [UInt8], from start: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var index = start + count
      defer { count = index - start }
      while index < bytes.count {
        if ends(with: bytes[index]) { return true }
        index += 1
      }
      return false
    }
  }

  private mutating func ends(with byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
        return depth == 0
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth <= 0
    case _ where JSONReader.isWhiteSpace(byte), UInt8(ascii: ","): return isPlain && depth == 0
    default: isPlain = isPlain || depth == 0
    }
    return false
  }
}
