import Testing
import ServerYAML

/// What scalars are understood as: gopkg.in/yaml.v3's `resolve` and Go's `strconv` and `time`.
struct YAMLScalarTests {
  private func node(_ text: String) throws -> YAMLNode {
    try #require(try YAMLReader.read(Array(text.utf8))).nodes[0]
  }

  private func value(_ text: String) throws -> YAMLScalar {
    let node = try node(text)
    #expect(node.kind == .scalar)
    let (tag, value) = try node.resolved()
    #expect(tag == node.tag)
    return value
  }

  @Test(
    arguments: [
      ("1", 1), ("8080", 8080), ("010", 8), ("0o17", 15), ("0O17", 15), ("0x1F90", 8080),
      ("8_080", 8080), ("0b11", 3), ("0B11", 3), ("+5", 5), ("-5", -5), ("-0x10", -16),
      ("1__0_", 10),
      ("0b-1", -1), ("0b+1", 1), ("0o-17", -15), ("-0b11", -3), ("-0o17", -15), ("0", 0), ("00", 0),
      ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("!!int \"1\"", 1), ("!!int 0x1", 1), ("-0", 0),
    ] as [(String, Int64)])
  func integers(text: String, expected: Int64) throws {
    #expect(try value(text) == .int(expected))
  }

  @Test func unsignedIntegers() throws {
    #expect(try value("9223372036854775808") == .uint(1 << 63))
    #expect(try value("0xFFFFFFFFFFFFFFFF") == .uint(.max))
  }

  @Test(
    arguments: [
      ("1.0", 1), ("8080.7", 8080.7), ("1e3", 1000), ("1.", 1), (".5", 0.5), ("+.5", 0.5),
      ("-.5", -0.5),
      ("08", 8), ("1_0.5_0", 10.5), (".5_0", 0.5), (".5e1_0", 0.5e10), ("1E+3", 1000),
      ("1e-400", 0),
      (".inf", .infinity), ("+.Inf", .infinity), ("-.INF", -.infinity),
      ("4.9e-324", .leastNonzeroMagnitude),
      ("18446744073709551616", 18_446_744_073_709_551_616),
      ("9007199254740993.0", 9_007_199_254_740_992),
      ("!!float 3", 3), ("1.7976931348623157e308", .greatestFiniteMagnitude), ("0e999999999999", 0),
    ] as [(String, Double)])
  func floats(text: String, expected: Double) throws {
    #expect(try value(text) == .float(expected))
  }

  @Test func notANumberIsAFloat() throws {
    for text in [".nan", ".NaN", ".NAN"] {
      guard case .float(let number) = try value(text) else {
        Issue.record("\(text) is no float")
        continue
      }
      #expect(number.isNaN)
    }
  }

  @Test(arguments: [
    "1e309", ".1e400", "-1e309", ".", "..", "._5", ".5_", ".5__0", ".5_e1", ".5e_1", ".5.5", "1e",
    "1e+",
    "0b", "0x", "0o", "0b2", "0o8x", "0xg", "+-1", "--1", "+", "inf", "nan", ".iNF", "+.nan",
    "0x1p4",
    "190:20:30", "1,000", "tRue", "yes", "no", "on", "off", "y", "nUll", "=", "0b1 1", "-0b-1",
    "\"1\"", "'true'", "!!str 1", "!custom 1",
  ])
  func strings(text: String) throws {
    #expect(try value(text) == .string)
  }

  @Test func words() throws {
    for text in ["true", "True", "TRUE"] { #expect(try value(text) == .bool(true)) }
    for text in ["false", "False", "FALSE"] { #expect(try value(text) == .bool(false)) }
    for text in ["~", "null", "Null", "NULL", "--- ", "!!null ''"] {
      #expect(try value(text) == .null)
    }
    #expect(try value("<<") == .merge)
    #expect(try node("<<").isMerge)
    #expect(try node("! <<").isMerge)
    #expect(try node("!!merge '<<'").isMerge)
    #expect(try !node("'<<'").isMerge)
    #expect(try !node("!!merge x").isMerge)
  }

  @Test(arguments: [
    ("2020-01-01", true), ("2020-1-1", true), ("2020-02-30", false), ("2020-02-29", true),
    ("2019-02-29", false), ("1900-02-29", false), ("2000-02-29", true), ("0000-02-29", true),
    ("2020-13-01", false), ("2020-00-01", false), ("2020-01-00", false), ("2020-04-31", false),
    ("20200-01-01", false), ("2020-001-01", false), ("2020-01-011", false), ("2020-01", false),
    ("2020-01-01T1:2:3Z", true), ("2020-01-01t1:2:3Z", true), ("2020-01-01T1:2:3z", false),
    ("2020-01-01T1:2:3", false), ("2020-01-01 1:2:3", true), ("2020-01-01   1:2:3", true),
    ("2020-01-01 1:2:3Z", false), ("2020-01-01T24:00:00Z", false), ("2020-01-01T1:60:00Z", false),
    ("2020-01-01T1:2:60Z", false), ("2020-01-01 1:2", false), ("2020-01-01T1:2:3.5Z", true),
    ("2020-01-01T1:2:3,5Z", true), ("2020-01-01 1:2:3.123456789", true),
    ("2020-01-01 1:2:3.1234567890", false), ("2020-01-01 1:2:3.", false),
    ("2020-01-01T1:2:3+01:00", true), ("2020-01-01T1:2:3+99:99", true),
    ("2020-01-01T1:2:3-+1:-1", true), ("2020-01-01T1:2:3+0100", false),
    ("2020-01-01T1:2:3 +01:00", false), ("2001-12-14 21:59:43.10 -5", false),
    ("!!timestamp '2020-01-01'", true),
  ])
  func timestamps(text: String, isTimestamp: Bool) throws {
    #expect(try value(text) == (isTimestamp ? .timestamp : .string))
  }

  @Test(arguments: [
    ("aGVsbG8=", "hello"), ("\"aGVs\\nbG8=\"", "hello"), ("YQ==", "a"), ("YR==", "a"), ("''", ""),
    ("\"YQ=\\r\\n=\\n\"", "a"), ("aGVsbG8", nil), ("YQ=", nil), ("=", nil), ("====", nil),
    ("YQ==YQ==", nil), ("aGVsbG8==", nil), ("aGVs bG8=", nil), ("-_-_", nil), ("Y", nil),
  ])
  func binaries(text: String, expected: String?) throws {
    let node = try node("!!binary \(text)")
    guard let expected else {
      #expect(throws: YAMLError.self) { try node.resolved() }
      return
    }
    #expect(try node.resolved().value == .binary(Array(expected.utf8)))
  }

  @Test(arguments: [
    ("!!int x", "cannot decode !!str `x` as a !!int"),
    ("!!int 1.5", "cannot decode !!float `1.5` as a !!int"),
    ("!!int ''", "cannot decode !!null `` as a !!int"),
    ("!!int 2020-01-01", "cannot decode !!str `2020-01-01` as a !!int"),
    ("!!bool yes", "cannot decode !!str `yes` as a !!bool"),
    ("!!null x", "cannot decode !!str `x` as a !!null"),
    ("!!float 18446744073709551615", "cannot decode !!int `18446744073709551615` as a !!float"),
    ("!!timestamp 1", "cannot decode !!int `1` as a !!timestamp"),
  ])
  func tagsThatDoNotFit(text: String, problem: String) throws {
    let node = try node(text)
    let error = #expect(throws: YAMLError.self) { try node.resolved() }
    #expect(error?.sentence == problem && error?.kind == .composer && error?.mark == node.start)
  }
}
