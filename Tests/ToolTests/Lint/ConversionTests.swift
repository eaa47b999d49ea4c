import TestSupport
import Testing

/// Files of a work tree that git commits other bytes of.
@Suite(.ownTime, .hangLimit) struct ConversionTests {
  private static let lint = builtTool("lint-spec")
  private static let note = "git commits other bytes than these"

  /// A repository with two specs, the attributes of each file that is named, and the settings.
  private static func project(_ attributes: [String: String], _ settings: [String: String] = [:])
    async throws -> Scratch
  {
    let scratch = try Scratch()
    try await git("init", "-q", "w", in: scratch.path)
    for name in [".tinyforge.yml", "a/b/.tinyforge.yml"] {
      try scratch.write("w/\(name)", "version: 1\ndeploy:\n  port: 1\n")
    }
    for (name, text) in attributes { try scratch.write("w/\(name)", text) }
    for (name, value) in settings {
      try await git("config", name, value, in: scratch.file("w"))
    }
    return scratch
  }

  private static let driver = ["filter.crypt.clean": "cat"]

  @Test(
    arguments: [
      (".gitattributes", "*.yml filter=crypt\n", driver, "(filter=crypt)", 2),
      ("a/.gitattributes", "*.yml filter=crypt\n", driver, "a/b/.tinyforge.yml: git commits", 1),
      (".git/info/attributes", "a/** filter=crypt\n", driver, "a/b/.tinyforge.yml: git commits", 1),
      (".gitattributes", "[attr]secret filter=crypt\n.tinyforge.yml secret\n", driver, "crypt", 2),
      (
        ".gitattributes", "/.tinyforge.yml text working-tree-encoding=UTF-16\n", [:],
        "(working-tree-encoding=UTF-16)", 1
      ),
      // Nothing is changed: another file, no such driver, UTF-8, taken back.
      (".gitattributes", "*.md filter=crypt\n", driver, "", 0),
      (".gitattributes", "*.yml filter=crypt\n", [:], "", 0),
      (".gitattributes", "*.yml text working-tree-encoding=UTF-8\n", [:], "", 0),
      ("a/.gitattributes", "*.yml filter=crypt\n*.yml -filter\n", driver, "", 0),
      (".gitattributes", "*.yml text eol=lf\n", driver, "", 0),
    ] as [(String, String, [String: String], String, Int)])
  func itIsNoted(
    _ file: String, _ attributes: String, _ settings: [String: String], _ words: String,
    _ count: Int
  ) async throws {
    let scratch = try await Self.project([file: attributes], settings)
    for arguments in [
      [], ["."], [".tinyforge.yml", "a/b/.tinyforge.yml"], ["--path", "**/.*.yml"],
    ] {
      let result = try await run(Self.lint, arguments, in: scratch.file("w"))
      let notes = result.error.split(separator: "\n").filter { $0.contains(Self.note) }
      #expect(result.status == 0 && notes.count == count, "\(arguments) \(result)")
      #expect(count == 0 || notes.contains { $0.contains(words) }, "\(arguments) \(result)")
    }
    #expect(try await run(Self.lint, ["-q"], in: scratch.file("w")).error.isEmpty)
  }

  /// Where the user's attributes are, and the settings and variables that lead there; `HOME` is the scratch folder.
  private static let userFiles: [(file: String, setting: String?, variables: [String: String])] = [
    (".config/git/attributes", nil, [:]),
    ("xdg/git/attributes", nil, ["XDG_CONFIG_HOME": "xdg"]),
    ("own \"attributes\\", "~/own \"attributes\\", [:]),
    ("w/sub/attributes", "sub/attributes", [:]),
    (
      "named", nil,
      [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.attributesFile",
        "GIT_CONFIG_VALUE_0": "~/named",
      ]
    ),
  ]

  @Test(arguments: userFiles)
  func attributesOfTheUser(_ place: (file: String, setting: String?, variables: [String: String]))
    async throws
  {
    let scratch = try await Self.project([:], Self.driver)
    var variables = place.variables.merging(["HOME": scratch.path]) { first, _ in first }
    variables["XDG_CONFIG_HOME"] = variables["XDG_CONFIG_HOME"].map { scratch.file($0) } ?? ""
    try scratch.write(place.file, "*.yml filter=crypt\n")
    if let setting = place.setting {
      try await git("config", "core.attributesFile", setting, in: scratch.file("w"))
    }
    let told = try await run(
      "git", ["check-attr", "filter", ".tinyforge.yml"], in: scratch.file("w"),
      environment: variables)
    #expect(told.output == ".tinyforge.yml: filter: crypt\n")
    let result = try await run(Self.lint, [], in: scratch.file("w"), environment: variables)
    #expect(result.error.contains("\(Self.note) (filter=crypt)"), "\(result)")
    // The file that a setting names has the place of the usual one.
    variables.merge([
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.attributesFile",
      "GIT_CONFIG_VALUE_0": "/dev/null",
    ]) { $1 }
    let other = try await run(Self.lint, [], in: scratch.file("w"), environment: variables)
    #expect(other.status == 0 && !other.error.contains(Self.note), "\(other)")
  }

  /// The bytes of a commit are what --staged and --rev read.
  @Test func whatIsCommittedIsChecked() async throws {
    let settings = ["filter.crypt.clean": "sed s/port/prot/"]
    let scratch = try await Self.project([".gitattributes": "a/** filter=crypt\n"], settings)
    try await git("add", "-A", in: scratch.file("w"))
    let staged = try await run(Self.lint, ["--staged"], in: scratch.file("w"))
    #expect(staged.status == 1 && staged.output.hasPrefix("a/b/.tinyforge.yml:3:3"), "\(staged)")
    #expect(!staged.error.contains(Self.note))
  }

  @Test func manyAreCounted() async throws {
    let scratch = try await Self.project([".gitattributes": "*.yml filter=crypt\n"], Self.driver)
    for number in 1...10 {
      try scratch.write("w/\(number)/.tinyforge.yml", "version: 1\ndeploy:\n  port: 1\n")
    }
    let result = try await run(Self.lint, [], in: scratch.file("w"))
    #expect(result.error.contains("note: the same of 7 more files\n"), "\(result)")
  }
}
