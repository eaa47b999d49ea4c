import TestSupport
import Testing

/// The table of exit statuses, which help, manual pages and documentation have in common.
@Suite(.ownTime, .hangLimit) struct ExitStatusTests {
  static let commands = [
    "lint-spec", "plan", "plan doctor", "drift", "drift merge", "apply", "apply enable",
    "apply disable",
    "apply history", "apply revert", "apply locks",
  ]

  /// The rows of the README's table, by status.
  private func table(_ file: String) throws -> [String: String] {
    let text = String(decoding: try readFile(projectFile(file)), as: UTF8.self)
    var rows: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|").map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      if cells.count == 2, let status = Int(cells[0]), (0...4).contains(status) {
        rows[cells[0]] = cells[1]
      }
    }
    return rows
  }

  /// The lines below "Exit status:" in help, by status.
  private func listed(_ command: String) async throws -> [String: String] {
    let words = command.split(separator: " ").map(String.init)
    let help = try await run(builtTool(words[0]), Array(words.dropFirst()) + ["--help"]).output
    var rows: [String: String] = [:]
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.drop(while: { $0 != "Exit status:" }).dropFirst().prefix(while: {
      !$0.isEmpty
    }) {
      let row = line.drop { $0 == " " }
      rows[String(row.prefix(1))] = String(row.dropFirst(3))
    }
    return rows
  }

  @Test(arguments: commands) func helpHasTheRowsOfTheReadme(_ command: String) async throws {
    let (listed, table) = (try await listed(command), try table("README.md"))
    #expect(table.count == 5 && listed["0"] != nil && listed["2"] != nil)
    for (status, meaning) in listed { #expect(table[status] == meaning) }
  }

  /// The page of drift says more of each, after the same word.
  @Test func thePageOfDriftHasTheSameWords() async throws {
    let (page, listed) = (try table("docs/drift.md"), try await listed("drift"))
    #expect(page.keys.sorted() == listed.keys.sorted())
    for (status, meaning) in listed {
      let word = meaning.prefix { $0 != ":" }
      #expect(page[status]?.hasPrefix("\(word): ") == true)
    }
  }
}
