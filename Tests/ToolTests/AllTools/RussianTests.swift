import Glibc
import TestSupport
import Testing

/// Errors, hints, refusals and the doctor with `--lang ru`: no English sentence is left.
@Suite(.ownTime, .hangLimit) struct RussianTests {
  /// How the world is broken (by the shell in its folder, `$DB` the database), and the command.
  static let cases: [(String, String)] = [
    ("true", "plan"), ("true", "plan --all --db gone.db"), ("true", "plan --all --db /"),
    ("true", "plan --all --db /etc/passwd"),
    ("true", "drift --all --db postgres:///d?host=/nonexistent"),
    ("true", "plan --all --db postgres://u:p@h/d"), ("true", "plan --all --db postgres://[/"),
    ("true", "plan doctor --db postgres:///d?host=/nonexistent"),
    ("true", "plan --all --db mysql://h/d"),
    ("true", "plan export"),
    ("sqlite3 $DB \"UPDATE workloads SET gitops_enabled = 0\"", "plan export w1"),
    ("true", "plan export nobody"),
    ("true", "plan export w1 --update gone.yml"),
    ("true", "plan export w1 --update /etc/hostname"),
    ("sqlite3 $DB \"UPDATE workloads SET source_kind = 'image'\"", "plan export w1"),
    ("sqlite3 $DB \"UPDATE workloads SET source_config = '{'\"", "plan export w1"),
    ("sqlite3 $DB \"UPDATE workloads SET gitops_path = '../x'\"", "plan export w1 --into ."),
    (
      "sqlite3 $DB \"UPDATE workloads SET source_config = '{\\\"port\\\":70000}'\"",
      "plan export w1"
    ),
    ("true", "plan nobody"), ("true", "drift sho"), ("true", "apply --all"),
    ("true", "apply gone.plan"), ("true", "drift --all --live gone.json"),
    ("true", "drift merge gone.json"), ("true", "plan --all --workload w1"),
    ("true", "plan --all --jobs 0"), ("true", "drift --all --snapshot a --live b"),
    ("true", "apply --all --atomic --keep-going"), ("true", "drift --all --name nothing-like-it"),
    ("true", "plan w1 --repo /nonexistent"), ("true", "plan w1 --rev nothing"),
    ("true", "apply revert w1 --yes"), ("true", "apply history nobody"),
    ("true", "plan --all --live gone.json"), ("true", "plan --all --live="),
    ("true", "plan --all --live a --out b"),
    ("true", "plan export w1 --live gone.json"), ("true", "plan --all --dry-run"),
    ("rm -rf mirrors/acme", "plan --all --format html"),
    ("rm -rf mirrors/acme", "plan --all --format github"),
    ("true", "apply history --since soon"), ("true", "apply history --since 7d"),
    ("true", "apply enable w1 --path /abs"), ("true", "apply revert w1 --repo x"),
    ("true", "drift --all --format jsn"), ("rm -rf mirrors/acme", "drift --all"),
    ("rm -rf mirrors/acme", "drift --all --format markdown"),
    ("rm -rf mirrors/acme", "drift --all --format html"),
    ("rm -rf mirrors/acme", "drift --all --format github"),
    ("rm -rf mirrors/acme", "plan --all"), ("rm -rf mirrors/acme", "apply --all --yes"),
    ("rm mirrors/acme/shop.git/HEAD", "drift --all"),
    ("chown -R 65534 mirrors/acme/shop.git", "drift --all"),
    ("sqlite3 $DB \"UPDATE workloads SET source_config = '{'\"", "plan --all"),
    (
      "sqlite3 $DB \"UPDATE workloads SET source_config = replace(source_config, '3000', '\\\"x\\\"')\"",
      "plan --all"
    ),
    ("sqlite3 $DB \"UPDATE workloads SET source_kind = 'image'\"", "plan w1"),
    ("sqlite3 $DB \"UPDATE workloads SET gitops_enabled = 0\"", "plan w1"),
    ("sqlite3 $DB \"UPDATE workloads SET gitops_path = '../x'\"", "drift w1"),
    (
      "sqlite3 $DB \"UPDATE workloads SET name = 'same', id = 'w2'; INSERT INTO workloads SELECT * FROM workloads WHERE 0\"",
      "plan same --rev x"
    ),
    ("sqlite3 $DB \"ALTER TABLE workloads DROP COLUMN gitops_path\"", "plan --all"),
    ("sqlite3 $DB \"DROP TABLE event_log\"", "apply --all --yes"),
    ("sqlite3 $DB \"DROP TABLE event_log\"", "plan doctor --fetch local"),
    ("ln $DB other.db", "plan --all"), ("ln $DB other.db", "plan doctor --fetch local"),
    ("mkdir -p $DB.gitops-locks/w1.lock", "apply --all --yes"),
    ("mkdir -p $DB.gitops-locks/w1.lock", "plan doctor --fetch local"),
    ("mkdir $DB.gitops-locks; chown 65534 $DB.gitops-locks", "apply --all --yes"),
    ("mv mirrors elsewhere", "plan doctor --fetch local"),
    ("rm $DB", "plan doctor --fetch local"), ("rm -rf mirrors/acme", "plan doctor --fetch local"),
    ("chown -R 65534 mirrors/acme/shop.git", "plan doctor --fetch local"),
    ("sqlite3 $DB \"UPDATE workloads SET source_kind = 'image'\"", "plan doctor --fetch local"),
    (
      "sqlite3 $DB \"UPDATE workloads SET updated_at = '2099-01-01 00:00:00'\"",
      "plan doctor --fetch local"
    ),
    (
      "find mirrors/acme/shop.git -exec touch -d '30 days ago' {} +", "plan doctor --fetch local"
    ),
    (
      "find mirrors/acme/shop.git -exec touch -d '30 days ago' {} +", "drift --all --stale-after 7d"
    ),
    (
      "sqlite3 $DB \"CREATE TABLE workload_volumes (workload_id); INSERT INTO workload_volumes VALUES ('w1')\"",
      "plan --all"
    ),
    (
      "sqlite3 $DB \"CREATE TRIGGER mine AFTER UPDATE ON workloads BEGIN UPDATE workloads SET source_config = '{}'; END\"",
      "apply --all --yes"
    ),
  ]

  @Test(.enabled(if: geteuid() == 0), arguments: cases)
  func noEnglishIsLeft(_ breakage: String, _ command: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await mustRun(
      "sh", ["-ec", breakage], in: world.scratch.path, environment: ["DB": world.database])
    let words = command.split(separator: " ").map(String.init)
    let result = try await world.tool(
      words[0], arguments: words.dropFirst() + ["--lang", "ru"],
      environment: ["HOME": world.scratch.path])
    let text = result.output + result.error
    #expect(text.unicodeScalars.contains { ("а"..."я").contains($0) }, "\(text)")
    let left = Self.english(in: text)
    #expect(left.isEmpty, "\(left)\n\(text.suffix(3_000))")
  }

  /// The environment asks for the language as well, and JSON stays English.
  @Test func theEnvironmentAsks() async throws {
    let world = try await World()
    let russian = try await world.tool(
      "drift", "nobody", environment: ["LC_ALL": "ru_RU.UTF-8"])
    #expect(russian.error.hasPrefix("ошибка: рабочей нагрузки \"nobody\" в базе нет\n"))
    let json = try await world.tool("drift", "nobody", "--lang", "ru", "--format", "json")
    #expect(json.error.hasPrefix("ошибка: ") && json.output.contains("there is no workload"))
  }

  /// English words that stand in a row: names, options and commands aside, a sentence has some.
  private static func english(in text: String) -> [String] {
    let common: Set<Substring> = [
      "the", "is", "are", "was", "were", "not", "no", "of", "to", "and", "or", "in", "at", "it",
      "this",
      "that", "which", "cannot", "may", "by", "with", "from", "be", "has", "have", "than", "there",
      "check",
      "run", "name", "use", "set", "try", "again", "error", "help", "warning", "note",
    ]
    let isPage = text.contains("<!doctype html>")
    return text.split(separator: "\n").flatMap { line -> [String] in
      if isPage, !line.contains("<p>") { return [] }
      // The page's own script and style, a command to copy, and what the parser adds of its own.
      if line.hasPrefix("usage:") || line.hasPrefix("help:") || line.hasPrefix("  See '")
        || line.contains("    $ ")
        || line.contains("data-") || line.hasPrefix("       ")
      {
        return []
      }
      let words = Self.unquoted(line).split { !$0.isLetter && $0 != "'" }
      return words.filter { common.contains($0) }.count > 1 ? [String(line)] : []
    }
  }

  /// A line without what is in quotes.
  private static func unquoted(_ line: Substring) -> String {
    var isQuoted = false
    return String(
      line.filter { character in
        if character == "\"" || character == "`" { isQuoted.toggle() }
        return !isQuoted
      })
  }
}
