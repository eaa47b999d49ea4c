/// Writes JSON text, and so is the one place that escapes for it.
///
/// Everything that a terminal or a log viewer could act on is written as `\u` escapes: control
/// characters, and the invisible and bidirectional ones that make text read as something else.
package struct JSONWriter {
  private var bytes: [UInt8] = []
  private let indented: Bool
  /// The name of a list that others write, and the place in it.
  private var openList: String?
  private var place: Int?

  /// The text of `value`, on one line.
  package static func compact(_ value: JSONValue) -> String { render(value, indented: false, 0) }

  /// The text of `value`, two spaces a level, without a final line break.
  ///
  /// `level` is that of the line on which the value begins, if it is within another.
  package static func indented(_ value: JSONValue, level: Int = 0) -> String {
    render(value, indented: true, level)
  }

  /// The text of a document up to the inside of its empty list, the first member of that name, and from there on.
  package static func indented(_ document: JSONValue, around list: String) -> (
    before: String, after: String
  ) {
    var writer = JSONWriter(indented: true)
    writer.openList = list
    writer.write(document, level: 0)
    let place = writer.place ?? writer.bytes.count
    return (
      String(decoding: writer.bytes[..<place], as: UTF8.self),
      String(decoding: writer.bytes[place...], as: UTF8.self)
    )
  }

  private static func render(_ value: JSONValue, indented: Bool, _ level: Int) -> String {
    var writer = JSONWriter(indented: indented)
    writer.write(value, level: level)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private init(indented: Bool) { self.indented = indented }

  private mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): writeString(text)
    case .array(let items):
      writeList(items, open: UInt8(ascii: "["), close: UInt8(ascii: "]"), level: level) {
        writer, item in
        writer.write(item, level: level + 1)
      }
    case .object(let members):
      writeList(members, open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), level: level) {
        writer, member in
        writer.writeString(member.name)
        writer.bytes += (writer.indented ? ": " : ":").utf8
        if writer.place == nil, let list = writer.openList, member.name.hasSameBytes(as: list) {
          writer.place = writer.bytes.count + 1
        }
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func writeList<Item>(
    _ items: [Item], open: UInt8, close: UInt8, level: Int,
    each: (inout JSONWriter, Item) -> Void
  ) {
    bytes.append(open)
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine(level: level + 1)
      each(&self, item)
    }
    if !items.isEmpty { breakLine(level: level) }
    bytes.append(close)
  }

  private mutating func breakLine(level: Int) {
    guard indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * level)
  }

  private mutating func writeString(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isWritten = text.utf8.withContiguousStorageIfAvailable { utf8 in
      guard utf8.allSatisfy(Self.isPlain) else { return false }
      bytes += utf8
      return true
    }
    if isWritten != true {
      for scalar in text.unicodeScalars { writeScalar(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte needs no escape within a JSON string, and is harmless where it is shown.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func writeScalar(_ scalar: Unicode.Scalar) {
    if scalar.isASCII, Self.isPlain(UInt8(scalar.value)) {
      bytes.append(UInt8(scalar.value))
      return
    }
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    case _ where scalar.isUnsafeToShow: writeEscape(scalar)
    default: bytes += String(scalar).utf8
    }
  }

  private mutating func writeEscape(_ scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
      let digits = String(unit, radix: 16)
      bytes += "\\u".utf8
      bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
      bytes += digits.utf8
    }
  }
}
