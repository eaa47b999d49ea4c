import Glibc
import TestSupport
import Testing

/// A libpq that is missing, or not the one that is needed: told with its remedy, and needed by nobody else.
@Suite(.ownTime, .hangLimit) struct PostgresLibraryTests {
  /// What is in the library's place: nothing, or a library of that source.
  struct Case: Sendable, CustomTestStringConvertible {
    var source: String?
    var message: String
    var remedy = "apt-get install libpq5, or dnf install libpq"
    var testDescription: String { message }
  }

  private static let newest = "int PQsendFlushRequest(void *a) { return 0; }"

  static let cases = [
    Case(source: nil, message: "libpq is not installed here"),
    Case(
      source: "int PQlibVersion(void) { return 130014; }",
      message: "libpq is of version 13 here; 14 or later is needed"),
    Case(
      source: "int PQlibVersion(void) { return 90624; } \(newest)",
      message: "libpq is of version 9 here; 14 or later is needed"),
    Case(
      source: "int PQlibVersion(void) { return 150004; }",
      message: "libpq lacks functions here; version 14 or later is needed"),
    Case(source: newest, message: "libpq lacks functions here; version 14 or later is needed"),
  ]

  /// Hides every libpq of the system from `"$@"`; a folder of LD_LIBRARY_PATH may have another one.
  private static let hidden = """
    for library in $(ldconfig -p | sed -n 's/.*libpq[.]so[.]5 .*=> //p'); do
      mount --bind /dev/null "$(realpath "$library")"
    done
    exec "$@"
    """

  private func call(_ fault: Case, _ words: [String], _ environment: [String: String])
    async throws -> CommandResult
  {
    let scratch = try Scratch()
    if let source = fault.source {
      let file = try scratch.write("pq.c", source)
      try await mustRun("cc", ["-shared", "-fPIC", "-o", scratch.file("libpq.so.5"), file])
    }
    return try await run(
      "unshare",
      [geteuid() == 0 ? "-m" : "-rm", "bash", "-ec", Self.hidden, "-", builtTool(words[0])]
        + words.dropFirst(),
      environment: environment.merging(["LD_LIBRARY_PATH": scratch.path]) { $1 })
  }

  @Test(arguments: cases) func itIsNamedWithItsRemedy(_ fault: Case) async throws {
    let address = ["TINYFORGE_DB": "postgres://u:hunter2@127.0.0.1:1/d"]
    for words in [
      ["plan", "--all"], ["drift", "--all"], ["apply", "--all", "--yes"], ["apply", "locks"],
    ] {
      let result = try await call(fault, words, address)
      #expect(result.status == 2 && result.output.isEmpty, "\(words) \(result)")
      #expect(result.error.contains(fault.message) && result.error.contains(fault.remedy))
      #expect(!result.error.contains("hunter2"))
      let russian = try await call(fault, words + ["--lang", "ru"], address)
      #expect(russian.error.contains("libpq") && !russian.error.contains("needed"), "\(russian)")
    }
  }

  /// A run on a SQLite file does not ask for the library.
  @Test(arguments: cases.prefix(2)) func aSQLiteFileNeedsNone(_ fault: Case) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let environment = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
    let drift = try await call(fault, ["drift", "--all"], environment)
    #expect(drift.status == 1 && drift.error.isEmpty, "\(drift)")
  }

  /// The package of the remedy is the one that brings the library that the tools load.
  @Test func theRemedyBringsTheLibrary() async throws {
    let owner = try await mustRun(
      "sh",
      [
        "-c",
        "dpkg-query -S \"$(ldconfig -p | sed -n 's/.*libpq[.]so[.]5 .*=> //p' | head -n 1 | xargs realpath)\"",
      ])
    #expect(owner.hasPrefix("libpq5:"), "\(owner)")
    // What Debian's, Ubuntu's and Fedora's servers and clients are built on too.
    let needed = try await mustRun("dpkg-query", ["-W", "-f", "${Depends}", "postgresql-client-*"])
    #expect(needed.contains("libpq5"), "\(needed)")
  }
}
