import FoundationEssentials
import TestSupport
import Testing
import TinyforgeCore

/// What lint-spec says of libyaml, beside libyaml and the server's decoder themselves.
@Suite(.ownTime, .hangLimit) struct OtherReaderTests {
  private static let lint = builtTool("lint-spec")
  private static let flow = "version: 1\ndeploy: {port: 80}\n"

  /// YAML of every kind, and specs that mostly decode.
  @Test(arguments: [false, true])
  func theFindingIsWhereTheReadersDiffer(specs plausible: Bool) async throws {
    let count = FuzzSetting.count(default: 1_500)
    let seed = FuzzSetting.seed
    let specs = try await GeneratedSpecs(seed: seed, count: count, specs: plausible)
    let servers = try await ServerDecoder().answers("tree", specs.paths).map(Self.tree)
    let theirs = try await Self.libyaml(specs.paths)
    try #require(servers.count == count && theirs.count == count)
    let found = try await Self.findings(in: specs.paths)
    var differing = 0
    for (index, path) in specs.paths.enumerated() {
      let isOther = servers[index] != theirs[index]
      differing += isOther ? 1 : 0
      let finding = found[path]
      let shown = try Self.shown(path)
      #expect(
        isOther == (finding != nil),
        "seed \(seed): \(finding ?? "no finding")\nserver: \(servers[index])\nlibyaml: \(theirs[index])\n\(shown)"
      )
      // What the finding says is what the two do.
      let isRefusedThere = isOther && theirs[index] == "error"
      #expect((finding?.contains("libyaml refuses ") ?? false) == isRefusedThere)
      let isReadThere = isOther && servers[index] == "error"
      #expect((finding?.contains(" sees no fault ") ?? false) == isReadThere)
    }
    print("seed \(seed): \(differing) of \(count) differ")
    #expect(differing > (plausible ? 0 : count / 50))
  }

  /// libyaml's own words, and the place.
  @Test(
    arguments: [
      ("version: 1\ndeploy: {port: 80}\t# c\n", nil),
      ("version: 1\ndeploy: {port: 80\t# c\n}\n", nil),
      ("%YAML 1.2\n---\nversion: 1\n", "1:1 libyaml reads the file"),
      (
        "version: 1\ndeploy:\n  healthcheck: ! \"5\"\n",
        "3:16 libyaml reads what the text looks like"
      ),
    ] as [(String, String?)])
  func whatItSays(_ text: String, _ message: String?) async throws {
    let result = try await run(Self.lint, ["--format", "json", "-"], input: text)
    let finding = try Self.findings(inReport: result.output).first
    #expect(
      finding == nil ? message == nil : finding?.hasPrefix(message ?? "none") == true, "\(result)")
  }

  @Test func itIsAdvice() async throws {
    let text =
      "version: 1\ndeploy:\n  healthcheck: ! \"/5\" # tinyforge: ignore[other-reader] as it is\n"
    let ignored = try await run(Self.lint, ["-"], input: text)
    #expect(ignored.status == 0 && !ignored.output.contains("libyaml"), "\(ignored)")
    let told = try await run(Self.lint, ["-"], input: text.replacing("tinyforge: ignore", with: ""))
    #expect(told.status == 0 && told.output.contains("info: libyaml"), "\(told)")
    let off = try await run(
      Self.lint, ["--rule", "other-reader=off", "-"],
      input: text.replacing("tinyforge: ignore", with: ""))
    #expect(off.status == 0 && !off.output.contains("libyaml"), "\(off)")
    let error = try await run(
      Self.lint, ["--rule", "other-reader=error", "-"],
      input: text.replacing("tinyforge: ignore", with: ""))
    #expect(error.status == 1 && error.output.contains("error: libyaml"), "\(error)")
  }

  /// A value is not quoted beside a credential, which libyaml may read in another spelling.
  @Test func noCredentialIsQuoted() async throws {
    let text =
      "version: 1\nx: ghp_0123456789abcdefghijABCDEFGHIJ012345\ndeploy:\n  healthcheck: ! \"5\"\n"
    let result = try await run(Self.lint, ["-"], input: text)
    #expect(
      result.output.contains("libyaml") && !result.output.contains("0123456789abcdef"), "\(result)")
  }

  /// The library is opened for a spec that needs it, and for no other.
  @Test(
    arguments: [
      (
        "version: 1\ndeploy:\n  port: 80 # c\n  healthcheck: '/a b'\n\n  deploy_strategy: \"recreate\"\n",
        [], false
      ),
      (flow, [], true), (flow, ["--rule", "other-reader=off"], false),
      ("version: 1\ndeploy:\n  healthcheck: \"/\\x61\"\n", [], true),
      ("version: 1\ndeploy:\n  healthcheck: /a\n    b\n", [], true),
      ("---\nversion: 1\n", [], true),
      ("version: 1\ndeploy: &a\n  port: 80\n", [], true),
    ] as [(String, [String], Bool)])
  func itIsOpenedWhereItIsNeeded(_ text: String, _ options: [String], _ isOpened: Bool) async throws
  {
    let scratch = try Scratch()
    let spec = try scratch.write(".tinyforge.yml", text)
    let result = try await run(
      "strace", ["-f", "-e", "trace=openat", Self.lint] + options + [spec])
    #expect(result.error.contains("libyaml-0.so.2") == isOpened, "\(result)")
  }

  /// In a root that lacks it: the verdict stays, and `--verbose` says what is missing.
  @Test func withoutLibyamlThereIsANote() async throws {
    let hidden = """
      for library in /usr/lib/*/libyaml-0.so.2 /lib/*/libyaml-0.so.2; do
        [ -e "$library" ] && mount --bind /dev/null "$library"
      done
      printf '%s' "$1" | "$2" --verbose - && printf '%s' "$1" | "$2" -
      """
    let result = try await run(
      "unshare", ["-rm", "bash", "-c", hidden, "bash", Self.flow, Self.lint])
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    let notes = result.error.split(separator: "\n").filter {
      $0.contains("libyaml is not installed")
    }
    #expect(notes.count == 1, "\(result)")
  }

  /// libyaml's time grows with the square of the nesting; such a spec is not read with it.
  @Test(arguments: ["[", "{a: ", "[]{}["])
  func deepNestingIsLeftOut(_ opening: String) async throws {
    let scratch = try Scratch()
    let text = String(repeating: opening, count: 60_000 / opening.count)
    let spec = try scratch.write(".tinyforge.yml", "version: 1\nx: \(text)")
    let result = try await run("strace", ["-f", "-e", "trace=openat", Self.lint, spec])
    #expect(
      !result.error.contains("libyaml-0.so.2") && result.output.contains("[syntax]"), "\(result)")
  }

  // MARK: The readers

  private static func libyaml(_ paths: [String]) async throws -> [String] {
    let scratch = try Scratch()
    let program = scratch.file("libyaml-verdict")
    try await mustRun(
      "gcc", ["-O2", "-o", program, projectFile("Tests/Peers/libyaml-verdict.c"), "-lyaml"])
    return try await mustRun(program, ["tree"], input: paths.map { $0 + "\n" }.joined())
      .split(separator: "\n").map(withRepairedTags)
  }

  /// Tags as the server's decoder shows them, with U+FFFD for what is not UTF-8.
  private static func withRepairedTags(_ line: Substring) -> String {
    line.split(separator: ")").map { node in
      var fields = node.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 6, let tag = Data(base64Encoded: fields[4]) else { return String(node) }
      fields[4] = Data(String(decoding: tag, as: UTF8.self).utf8).base64EncodedString()
      return fields.joined(separator: " ") + ")"
    }.joined()
  }

  /// The server's tree in the form of the libyaml peer.
  private static func tree(_ answer: Substring) throws -> String {
    let answer = try JSONText(Array(answer.utf8))
    if answer["empty"] != nil { return "empty" }
    guard let nodes = answer["nodes"]?.items else { return "error" }
    var depths = [Int](repeating: 0, count: nodes.count)
    return nodes.enumerated().map { index, node in
      for child in node["children"]?.items ?? [] {
        if case .number(let text) = child, let child = Int(text) {
          depths[child] = depths[index] + 1
        }
      }
      let text = { (name: String) in node[name]?.text ?? "" }
      let isTagged = node["tagged"] == .bool(true)
      let (kind, depth) = (text("kind"), depths[index])
      let isTyped = kind == "scalar" && text("style") == "plain" && !isTagged
      let name = kind == "alias" ? text("value") : text("anchor")
      let value = kind == "scalar" ? text("value") : ""
      return "(\(kind) \(depth) \(isTyped ? 1 : 0) \(name) \(isTagged ? text("tag") : "") \(value))"
    }.joined()
  }

  /// What lint-spec says of libyaml, by path.
  private static func findings(in paths: [String]) async throws -> [String: String] {
    let result = try await run(lint, ["--format", "json", "--exit-zero"] + paths)
    try #require(result.status == 0, "\(result.error.prefix(300))")
    var found: [String: String] = [:]
    for file in try JSONText(Array(result.output.utf8))["files"]?.items ?? [] {
      found[file["path"]?.text ?? ""] = messages(file).first
    }
    return found
  }

  private static func findings(inReport report: String) throws -> [String] {
    (try JSONText(Array(report.utf8))["files"]?.items ?? []).flatMap(messages)
  }

  private static func messages(_ file: JSONValue) -> [String] {
    (file["findings"]?.items ?? []).compactMap { finding in
      guard finding["code"]?.text == "other-reader", let text = finding["message"]?.text,
        text.hasPrefix("libyaml") || text.hasPrefix("the server reads"),
        case .number(let line) = finding["line"], case .number(let column) = finding["column"]
      else { return nil }
      return "\(line):\(column) \(text)"
    }
  }

  private static func shown(_ path: String) throws -> String {
    String(decoding: try readFile(path).prefix(400), as: UTF8.self).shownSafely
  }
}

extension JSONValue {
  /// The elements of an array; nil for anything else.
  fileprivate var items: [JSONValue]? {
    guard case .array(let items) = self else { return nil }
    return items
  }
}
