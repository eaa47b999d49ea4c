import Testing
import TinyforgeCore

/// Text that comes in pieces, wherever one ends and the next begins.
struct JSONStreamTests {
  /// What the stream makes of a text that comes so many bytes at a time; lists are read item by item.
  private static func read(_ text: [UInt8], pieces size: Int) throws -> JSONValue {
    var rest = text[...]
    var stream = JSONStream {
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    var lists: [String: JSONValue] = [:]
    var order: [String] = []
    let others = try stream.members { name, stream in
      order.append(name)
      guard try stream.next() == UInt8(ascii: "[") else { return false }
      var items: [JSONValue] = []
      try stream.items { items.append(try $0.value()) }
      lists[name] = .array(items)
      return true
    }
    try stream.expectEnd()
    return .object(
      order.map { name in .init(name, lists[name] ?? JSONValue.object(others)[name] ?? .null) })
  }

  private static let sizes = [1, 2, 3, 5, 7, 64, 1_000]

  @Test(
    arguments: [
      "{}", " { } ", #"{"a":1}"#, #"{"a":[],"b":[ ],"c":[1],"d":[1 , 2]}"#,
      "{\n  \"a\" : [ {\"b\":[[]]} , \"]\\\"}\" , -1.5e+3 ,true,null ] ,\n \"c\":\"\\\\\" }\n",
      #"{"ключ":"значение","\u0061":{"x":[{"y":"{["}]},"n":12345678901234567890}"#,
      #"{"a":false}"#, #"{"a":[false],"b":0}"#,
    ], sizes)
  func readsWhatTheReaderReads(_ text: String, _ size: Int) throws {
    let bytes = Array(text.utf8)
    #expect(try Self.read(bytes, pieces: size) == JSONValue(parsing: bytes))
  }

  /// The reader's own words, and its place.
  @Test(
    arguments: [
      "{", "{}x", #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", #"{"a":01}"#, #"{"a":[1,]}"#, #"{"a":[1 2]}"#,
      #"{"a":}"#, #"{"a":1 "b":2}"#, #"{"a":1}{}"#, #"{"b":1,"a":1,"\u0061":2}"#,
      #"{"x":{"a":1,"a":2}}"#, #"{"a":[{"b":tru}]}"#, #"{"a":["#, #"{"a":"x"#, #"{"a":[{"b":"#,
      "{\"a\":\"\n\"}", #"{"a":{]}"#, #"{"a":[}"#,
    ], sizes)
  func refusesWhatTheReaderRefuses(_ text: String, _ size: Int) {
    let bytes = Array(text.utf8)
    let expected = #expect(throws: JSONFault.self) { try JSONValue(parsing: bytes) }
    let fault = #expect(throws: JSONFault.self) { try Self.read(bytes, pieces: size) }
    #expect(fault == expected)
  }

  @Test(arguments: ["", " \n", "[]", "7", "null", "\u{FEFF}{}"])
  func refusesWhatIsNoObject(_ text: String) {
    #expect(throws: JSONFault.self) { try Self.read(Array(text.utf8), pieces: 1) }
  }

  /// A value without an end is not held without a bound.
  @Test func refusesAValueWithoutAnEnd() {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    var isBegun = false
    var stream = JSONStream {
      defer { isBegun = true }
      return isBegun ? piece : Array(#"{"a":""#.utf8)
    }
    let fault = #expect(throws: JSONFault.self) { try stream.members() }
    #expect(fault?.problem == "a value has more than 64 MiB")
  }

  /// A list may be read from within, as it was begun by another.
  @Test func goesOnWithinAList() throws {
    let text = Array(#"{"a":[1, {"b":2} ,3] }"#.utf8)
    for size in Self.sizes {
      var rest = text[9...]
      var stream = JSONStream(at: 9) {
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
      }
      #expect(try stream.hasItem(isFirst: true))
      #expect(stream.offset == 9)
      #expect(try stream.value() == ["b": 2])
      #expect(try stream.hasItem(isFirst: false))
      #expect(try stream.value() == 3)
      #expect(try !stream.hasItem(isFirst: false))
    }
  }
}
