import Testing
import TinyforgeCore

/// What somebody probably meant.
struct NearestNameTests {
  private static let fields = ["port", "healthcheck", "deploy_strategy"]
  private static let codes = ["octal-number", "number-as-text", "unknown-key", "bad-ignore"]

  @Test(arguments: [
    ("prot", "port"), ("ports", "port"), ("PORT", "port"), ("deploy-strategy", "deploy_strategy"),
    ("deploystrategy", "deploy_strategy"), ("helthcheck", "healthcheck"),
    // Part of a name.
    ("strategy", "deploy_strategy"), ("Strategy", "deploy_strategy"), ("health", "healthcheck"),
    ("deploy", "deploy_strategy"),
    // Neither near nor a part: a letter or two, the middle of a word.
    ("he", nil), ("check", nil), ("volumes", nil), ("", nil),
    (String(repeating: "p", count: 65_536), nil),
  ])
  func amongFields(_ name: String, _ nearest: String?) {
    #expect(NearestName.find(name, among: Self.fields) == nearest)
  }

  @Test(arguments: [
    ("octal", "octal-number"), ("key", "unknown-key"), ("ignore", "bad-ignore"),
    ("octalnumber", "octal-number"), ("number_as_text", "number-as-text"),
    // A word of two.
    ("number", nil),
  ])
  func amongCodes(_ name: String, _ nearest: String?) {
    #expect(NearestName.find(name, among: Self.codes) == nearest)
  }
}
