import Testing
import TinyforgeCore

struct JSONTextTests {
  /// Text that two readers could take differently, and text that is not JSON, is refused.
  @Test(arguments: [
    "", " ", "null", "[]", "\"x\"", "{", "{}x", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{'a':1}",
    "{\"a\":01}", "{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":NaN}", "{\"a\":tru}",
    "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":1}{}", "\u{FEFF}{}",
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"a\":2}}", "{\"a\":1/**/}",
    "{\"a\":[1,]}", "{\"a\":}", "{\"a\":1 \"b\":2}", "{\"a\":\"\n\"}",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONFault.self) { try JSONText(Array(text.utf8)) }
  }

  @Test func refusesDeepNesting() {
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(throws: JSONFault.self) { try JSONText(Array(deep.utf8)) }
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONFault.self) { try JSONText(Array("{\"a\":\"".utf8) + [0xFF, 0x22, 0x7D]) }
  }

  /// Only the member changes; an added one is laid out as the one before it.
  @Test(arguments: [
    (#"{"port":1}"#, #"{"port":8080}"#),
    (
      #"{"a":1.10,"port":1,"z":12345678901234567890}"#,
      #"{"a":1.10,"port":8080,"z":12345678901234567890}"#
    ),
    (#"{}"#, #"{"port":8080}"#),
    ("{ }", "{\"port\":8080 }"),
    (#"{"a":[1, {"port":2}]}"#, #"{"a":[1, {"port":2}],"port":8080}"#),
    (#"{"p\u006frt" : 1 }"#, #"{"p\u006frt" : 8080 }"#),
    ("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"port\": 8080\n}\n"),
    (#" {"a":"\ud800","b":"\/"} "#, #" {"a":"\ud800","b":"\/","port":8080} "#),
  ])
  func sets(_ before: String, _ after: String) throws {
    let changed = try JSONText(Array(before.utf8)).setting("port", to: 8080)
    #expect(String(decoding: changed.bytes, as: UTF8.self) == after)
  }

  /// Several at once are what one after the other is.
  @Test(arguments: [
    "{}", "{ }", "{\n}", #"{"a":1}"#, #"{ "a" : 1 }"#, #"{"port":1,"a":{"port":2}}"#,
    #"{"deploy_strategy":"","a":1,"port" :  9 }"#,
    "{\n  \"a\": 1,\n  \"healthcheck\": \"\"\n}\n",
  ])
  func setsSeveral(_ text: String) throws {
    let before = try JSONText(Array(text.utf8))
    let changes: [(name: String, value: JSONValue)] = [
      ("port", 8080), ("healthcheck", "/x"), ("deploy_strategy", "blue-green"),
    ]
    for changes in [changes, changes.reversed(), [changes[1], changes[0], changes[2]]] {
      let oneByOne = try changes.reduce(before) { try $0.setting($1.name, to: $1.value) }
      #expect(try before.setting(changes).bytes == oneByOne.bytes)
    }
  }

  @Test(arguments: [
    ("8080", 8080), ("8080.0", 8080), ("8.08e3", 8080), ("80800E-1", 8080), ("-0", 0),
    ("-1.50e1", -15), ("0e400", 0), ("0.0", 0), ("0e-3", 0), ("-0.00", 0),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
    ("-922337203685477580.80e1", Int64.min),
  ])
  func readsWholeNumbers(_ text: String, _ number: Int64) {
    #expect(JSONNumber.integer(text) == number)
  }

  @Test(arguments: [
    "8080.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e400", "1e99999999999",
  ])
  func readsNoOtherNumbers(_ text: String) {
    #expect(JSONNumber.integer(text) == nil)
  }

  @Test func writesNothingThatATerminalActsOn() {
    let hostile = "\u{1B}[31m\u{202E}\u{200B}\u{7F}\u{9B}\u{2028}\u{E0041}"
    let written = JSONWriter.compact(.string(hostile))
    #expect(written.unicodeScalars.allSatisfy { !$0.isUnsafeToShow })
    #expect(written.contains("\\u001b") && written.contains("\\u202e"))
  }

  /// Removing what was added gives every byte from before, whatever the layout.
  @Test(arguments: [
    "{}", "{ }", "{\n}", #"{"a":1}"#, #"{ "a" : 1 }"#, "{\n  \"a\": 1,\n  \"b\": [2]\n}\n",
    #" {"a":"\ud800","b":"\/"} "#,
  ])
  func removesWhatItAdded(_ text: String) throws {
    let before = try JSONText(Array(text.utf8))
    let added = try before.setting("port", to: 8080).setting("healthcheck", to: "/x")
    let one = try added.removing("port").removing("healthcheck")
    let other = try added.removing("healthcheck").removing("port")
    #expect(other.bytes == before.bytes)
    #expect(try before.removing("port").bytes == before.bytes)
    #expect(one.members.map(\.name) == before.members.map(\.name))
  }

  @Test(arguments: [
    (#"{"port":1}"#, "{}"), (#"{"port":1, "b":2}"#, #"{"b":2}"#),
    (#"{"a":1,"port":2 ,"b":3}"#, #"{"a":1 ,"b":3}"#),
    (#"{"a":{"port":1}}"#, #"{"a":{"port":1}}"#),
  ])
  func removes(_ before: String, _ after: String) throws {
    let changed = try JSONText(Array(before.utf8)).removing("port")
    #expect(String(decoding: changed.bytes, as: UTF8.self) == after)
  }
}
