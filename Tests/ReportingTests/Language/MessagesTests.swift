import FoundationEssentials
import Reporting
import RussianMessages
import TestSupport
import Testing
import TinyforgeCore

/// Messages that are made far below the reports, in Russian.
struct MessagesTests {
  private let russian = Phrases(.ru)

  init() { Translations.use(Messages.russian) }

  /// A message, and what people read.
  @Test(arguments: [
    ("no database is named", "база данных не указана"),
    (
      "cannot read /srv/x.db: permission denied to ann (uid 7)",
      "не удаётся прочитать /srv/x.db: нет прав у пользователя ann (uid 7)"
    ),
    (
      "no clone or mirror of acme/gone at /m/gone.git; git clone --mirror it there, or name another folder with --mirrors",
      "нет клона или зеркала acme/gone: /m/gone.git; клонируйте его туда (git clone --mirror) или укажите другую папку через --mirrors"
    ),
    (
      "2 workloads are named \"shop\"", "рабочих нагрузок с именем \"shop\": 2"
    ),
    (
      "the database /x is locked by another program (to begin a transaction); process 7 (sqlite3) is writing it",
      "базу данных /x заблокировала другая программа (действие: начало транзакции); в неё пишет процесс 7 (sqlite3)"
    ),
    // A name that looks like a word of ours stays a name.
    ("there is no branch text in /m/a.git", "ветки text в /m/a.git нет"),
    ("there is no branch a; b in /m/a.git", "ветки a; b в /m/a.git нет"),
    // What is not known stays as it is.
    ("something of a server's own", "something of a server's own"), ("", ""),
    ("no database is named; do as you like", "база данных не указана; do as you like"),
  ])
  func messages(_ english: String, _ expected: String) {
    #expect(russian.message(english) == expected)
    #expect(Phrases(.en).message(english) == english)
  }

  /// What is found in a spec, by the examples of the manual: the message and the help of each.
  @Test(arguments: FindingCatalog.all.map(\.id))
  func findings(_ id: String) throws {
    let code = try #require(FindingCatalog.all.first { $0.id == id })
    guard !code.example.bad.isEmpty else { return }
    let (_, shown) = SpecLint.read(Array(code.example.bad.utf8), source: code.example.source)
    for finding in shown.decoded.findings {
      for text in [finding.message, finding.help].compactMap(\.self) where !isYAMLsOwn(finding) {
        let shown = russian.message(text)
        #expect(
          shown != text && shown.unicodeScalars.contains { ("а"..."я").contains($0) }, "\(text)")
      }
    }
  }

  /// Faults of YAML itself are reported in the reader's own words.
  private func isYAMLsOwn(_ finding: Finding) -> Bool {
    [.syntax, .encoding, .tagMismatch].contains(finding.code)
  }

  /// Braces and the like in a name are a name.
  @Test(arguments: [
    "{}", "{1}", "; ", " in ", "no database is named", String(repeating: "; x", count: 40),
  ])
  func namesAreOnlyNames(_ name: String) {
    let text = russian.message("there is no revision \(name)x in /m")
    #expect(text == "ревизии \(name)x в /m нет")
  }

  /// Of two translations of one message nobody would know which is read.
  @Test func eachMessageStandsOnce() throws {
    let folder = projectFile("Sources/RussianMessages")
    var lines: [Substring] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("Messages+") {
      let text = String(decoding: try readFile("\(folder)/\(name)"), as: UTF8.self)
      let pairs = text.split(separator: "\n").filter {
        $0.hasPrefix("    ") && !$0.hasSuffix("\"\"\"#")
      }
      lines += stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
    }
    #expect(lines.count > 500)
    let repeated = Dictionary(grouping: lines, by: \.self).filter { $0.value.count > 1 }
    #expect(repeated.keys.sorted() == [])
  }
}
