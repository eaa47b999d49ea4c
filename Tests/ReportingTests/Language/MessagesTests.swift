import Reporting
import Testing

/// Messages that are made far below the reports, in Russian.
struct MessagesTests {
  private let russian = Phrases(.ru)

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

  /// Braces and the like in a name are a name.
  @Test(arguments: [
    "{}", "{1}", "; ", " in ", "no database is named", String(repeating: "; x", count: 40),
  ])
  func namesAreOnlyNames(_ name: String) {
    let text = russian.message("there is no revision \(name)x in /m")
    #expect(text == "ревизии \(name)x в /m нет")
  }
}
