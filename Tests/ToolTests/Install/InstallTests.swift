import TestSupport
import Testing
import TinyforgeCore

/// `ci/install`: which files are where, and what the manual pages say.
@Suite(.ownTime, .hangLimit) struct InstallTests {
  private static let tools = ["lint-spec", "plan", "drift", "apply"]

  /// The folder that the tools are installed in.
  private static func install(into scratch: Scratch) async throws -> String {
    let built = String(builtTool("lint-spec").dropLast("/lint-spec".count))
    try await mustRun(
      projectFile("ci/install"), ["/usr", built], environment: ["DESTDIR": scratch.path])
    return scratch.file("usr")
  }

  @Test func everythingStandsInItsPlace() async throws {
    let scratch = try Scratch()
    let prefix = try await Self.install(into: scratch)
    for tool in Self.tools {
      #expect(try await mustRun("\(prefix)/bin/\(tool)", ["--version"]).hasPrefix(tool))
      try await mustRun(
        "bash", ["-n", "\(prefix)/share/bash-completion/completions/\(tool)"])
      for file in ["zsh/site-functions/_\(tool)", "fish/vendor_completions.d/\(tool).fish"] {
        let script = try readFile("\(prefix)/share/\(file)")
        #expect(String(decoding: script, as: UTF8.self).contains("--version") || script.count > 500)
      }
    }
    let relative = try await run(projectFile("ci/install"), ["usr", prefix])
    #expect(relative.status == 2 && relative.error.contains("is not an absolute path"))
  }

  /// Every option that the tool knows is in its page, with words; no section is empty; groff has
  /// nothing to say against it.
  @Test(arguments: tools)
  func theManualIsWhole(_ tool: String) async throws {
    let scratch = try Scratch()
    let prefix = try await Self.install(into: scratch)
    let file = "\(prefix)/share/man/man1/\(tool).1"
    let warnings = try await run("groff", ["-man", "-ww", "-z", "-Tutf8", file])
    #expect(warnings.status == 0 && warnings.error.isEmpty, "\(warnings.error)")
    let page = try await mustRun("groff", ["-man", "-Tutf8", "-P-cbou", file])
    for option in try await Self.options(of: builtTool(tool)) {
      #expect(page.contains(option), "\(tool) \(option)")
    }
    let source = try String(decoding: readFile(file), as: UTF8.self).split(separator: "\n")
    for (line, next) in zip(source, source.dropFirst()) where line.hasPrefix(".S") {
      #expect(!next.hasPrefix(".S") && next != "\\&", "\(tool): an empty section: \(line)")
    }
    for (line, next) in zip(source.dropFirst(), source.dropFirst(2)) where line.hasPrefix("\\fB\\-")
    {
      #expect(!next.hasPrefix(".") && next != "\\&", "\(tool): an option without words: \(line)")
    }
  }

  /// Help begins with examples, names the exit statuses, and has what most calls need before the rest.
  @Test(
    arguments: [
      ["lint-spec"], ["plan"], ["plan", "doctor"], ["plan", "export"], ["drift"],
      ["drift", "merge"], ["apply"],
      ["apply", "enable"], ["apply", "disable"], ["apply", "history"], ["apply", "revert"],
      ["apply", "locks"],
    ])
  func helpBeginsWithExamples(_ words: [String]) async throws {
    let help = try await mustRun(builtTool(words[0]), Array(words.dropFirst()) + ["--help"])
    let paragraphs = help.split(separator: "\n\n")
    #expect(paragraphs.count > 3 && paragraphs[1].hasPrefix("Examples:\n  \(words[0])"), "\(help)")
    #expect(paragraphs.contains { $0.hasPrefix("Exit status:\n  0  success") }, "\(help)")
    let common = try #require(help.firstRange(of: "\nOPTIONS:\n"))
    for special in ["OPTIONS FOR FORGES:", "OPTIONS FOR POSTING:"] {
      guard let place = help.firstRange(of: "\n\(special)\n") else { continue }
      #expect(place.lowerBound > common.upperBound, "\(help)")
    }
    #expect(!help.contains("(values: "), "what an option takes stands at its name")
  }

  /// The long options in the help of a tool and of its subcommands.
  private static func options(of tool: String) async throws -> Set<String> {
    let help = try await mustRun(tool, ["--help"])
    var found = Set(help.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
    let commands = help.split(separator: "SUBCOMMANDS:").dropFirst().first ?? ""
    for line in commands.split(separator: "\n")
    where line.hasPrefix("  ") && line.dropFirst(2).first != " " {
      let name = line.dropFirst(2).prefix { $0 != " " }
      guard name != "help" else { continue }
      let inner = try await mustRun(tool, [String(name), "--help"])
      found.formUnion(inner.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
    }
    return found
  }
}
