import Testing
import ServerYAML

/// What the server's decoder does with texts on which YAML readers differ.
///
/// The outcomes are those of gopkg.in/yaml.v3 v3.0.1; `ServerTreeTests` compares with it directly.
struct YAMLReaderTests {
  @Test(arguments: [
    ("", "nothing"),
    (" \n\t\n", "scanner: a tab character cannot indent"),
    ("# c", "nothing"),
    ("---", "!!null"),
    ("--- # c\n", "!!null"),
    ("...", "parser: a value is expected here"),
    ("version: 1\n", #"{"version": !!int 1}"#),
    ("a:\n- b\n- c\nd: e", #"{"a": ["b", "c"], "d": "e"}"#),
    ("a:\n  b\n c", #"{"a": "b c"}"#),
    ("a: b: c", "scanner: a mapping value is not allowed here"),
    ("a: 1\n  b: 2", "scanner: a mapping value is not allowed here"),
    ("a:\n  b: 1\n c: 2", "parser: a key is expected here, at the same indentation"),
    ("- a\n- b\nc", "scanner: no ':' follows on the same line"),
    ("a: [", "parser: a value is expected here"),
    ("a: @b", "scanner: '@' cannot start a value here"),
    ("&a [*a]", "[*a]"),
    ("*a", "composer: there is no anchor 'a' before this alias"),
    ("&a b: *a", #"{"b": *a}"#),
    ("&a &b c", "!!null"),
  ])
  func documents(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    // The server's decoder peeks at comments ahead and jumps over the tabs before them.
    ("a: 1\n# c\n\t# d\nb: 2\n", #"{"a": !!int 1, "b": !!int 2}"#),
    ("a: 1 # c\n  # d\n\t# e\nb: 2", #"{"a": !!int 1, "b": !!int 2}"#),
    ("a: 1\n\t# d\nb: 2\n", "scanner: a tab character indents the line"),
    ("a: \"x\"#c\n", #"{"a": "x"}"#),
    ("a: x#c\n", #"{"a": "x#c"}"#),
    ("a: [b,#c\nd]\n", #"{"a": ["b", "d"]}"#),
    ("a:\n\tb", "scanner: a tab character cannot indent"),
    ("a:\tb", #"{"a": "b"}"#),
    ("-\ta", "scanner: a tab character cannot indent"),
    ("a: b\n\tc: d", "scanner: a tab character indents the line"),
  ])
  func commentsAndTabs(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    ("{?a: b}", #"{"a": "b"}"#),
    ("a?b: c", #"{"a?b": "c"}"#),
    ("[a?b]", "parser: a ',' or ']' is expected here"),
    ("[?]", "parser: a ',' or ']' is expected here"),
    ("[? , a]", "parser: a ',' or ']' is expected here"),
    ("[? a]", #"[{"a": !!null}]"#),
    ("{?}", "{!!null: !!null}"),
    ("[: a]", "parser: a value is expected here"),
    ("[a:b]", #"["a:b"]"#),
    ("{a:b}", #"{"a:b": !!null}"#),
    ("{\"a\":b}", #"{"a": "b"}"#),
    ("[a,]", #"["a"]"#),
    ("[,]", "parser: a value is expected here"),
    ("[|]", "scanner: '|' cannot start a value here"),
    ("[]: a", #"{[]: "a"}"#),
  ])
  func flowCollections(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    ("a: |2\n   x\n", #"{"a": " x\#n"}"#),
    ("a: >\n  x\n  y\n\n  z\n", #"{"a": "x y\#nz\#n"}"#),
    ("a: >\n  x\n   y\n  z\n", #"{"a": "x\#n y\#nz\#n"}"#),
    ("a: |+\n  x\n\n\nb: 1", #"{"a": "x\#n\#n\#n", "b": !!int 1}"#),
    ("a: |-\n  x\n\n", #"{"a": "x"}"#),
    ("a: |\n\tx\n", "scanner: a tab character is used where spaces must indent"),
    ("a: |0\n", "scanner: the indentation cannot be 0"),
    ("a: | x\n", "scanner: something other than a comment follows the indicator"),
    ("'it''s'", #""it's""#),
    ("'a\n\n b'", "\"a\nb\""),
    ("\"a\\\n  b\"", #""ab""#),
    ("\"\\x41\\u00e9\\U0001F600\"", #""Aé😀""#),
    ("\"\\ud83d\"", "scanner: an escape sequence encodes no Unicode character"),
    ("\"\\q\"", "scanner: an unknown escape sequence follows the backslash"),
    ("\"\\xg0\"", "scanner: an escape sequence has too few hexadecimal digits"),
    ("'a\n--- b'", "scanner: a document starts or ends before the closing quote"),
    ("a: 'x", "scanner: the text ends before the closing quote"),
  ])
  func scalars(text: String, expected: String) {
    #expect(outline(text) == expected.replacing("\\#n", with: "\n"))
  }

  @Test(arguments: [
    ("%YAML 1.1\n---\na: 1\n", #"{"a": !!int 1}"#),
    ("%YAML 1.2\n---\na: 1\n", "parser: only YAML 1.1 is supported by the %YAML directive"),
    ("%YAML 1.1\n%YAML 1.1\n---\n", "parser: a second %YAML directive"),
    ("%TAG !e! x:\n---\n!e!y z\n", "x:y z"),
    ("%TAG !e! x:\n%TAG !e! y:\n---\n", "parser: a second %TAG directive for a handle"),
    ("%FOO x\n---\na\n", "scanner: only %YAML and %TAG are known"),
    ("!e!y z", "parser: the tag's handle is not declared"),
    ("! 5", "!!int 5"),
    ("! \"5\"", #""5""#),
    ("!!int \"5\"", "!!int 5"),
    ("!<tag:yaml.org,2002:int> 5", "!!int 5"),
    ("!%41 x", "!A x"),
    ("!a%", "scanner: an escape must be '%' and two hexadecimal digits"),
    ("!! x", "scanner: the name of the tag is missing"),
    ("<<", "!!merge <<"),
    ("\"<<\"", #""<<""#),
  ])
  func directivesAndTags(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    // Two tokens after the document's end are scanned, and no more.
    ("a: 1\n---\nb: @\n", #"{"a": !!int 1}"#),
    ("a: 1\n---\n@\n", "scanner: '@' cannot start a value here"),
    ("a: 1\n...\nb: @\n", #"{"a": !!int 1}"#),
    ("a: 1\n...\n@\n", "scanner: '@' cannot start a value here"),
    ("a: 1\n... x\n", #"{"a": !!int 1}"#),
    ("a: 1\n%YAML 1.1\n---\n", #"{"a": !!int 1}"#),
    ("a: 1\n---\n\"x\n", "scanner: the text ends before the closing quote"),
  ])
  func secondDocuments(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    ("a: b\rc: d", #"{"a": "b", "c": "d"}"#),
    ("a: b\r\nc: d\r\n", #"{"a": "b", "c": "d"}"#),
    ("a: b\u{85}c: d", #"{"a": "b", "c": "d"}"#),
    ("a: b\u{2028}c: d", #"{"a": "b", "c": "d"}"#),
    ("\"a\u{85}  b\"", #""a b""#),
    ("\"a\u{2028}b\"", "\"a\u{2028}b\""),
    ("\"a\\\u{2029}b\"", #""ab""#),
  ])
  func lineBreaks(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: [
    (1023, true, true), (1024, true, true), (1025, false, false), (2000, false, false),
  ])
  func longKeys(length: Int, inBlock: Bool, inFlow: Bool) {
    let key = String(repeating: "k", count: length)
    #expect((outline("\(key): v") == "{\"\(key)\": \"v\"}") == inBlock)
    #expect((outline("{\(key): v}") == "{\"\(key)\": \"v\"}") == inFlow)
    #expect(outline("? \(key)\n: v") == "{\"\(key)\": \"v\"}")
  }
}
