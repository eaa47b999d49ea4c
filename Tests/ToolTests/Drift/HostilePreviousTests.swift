import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Files that are named as the previous report, and are not one that can be used.
@Suite(.ownTime, .hangLimit) struct HostilePreviousTests {
  @Test func whatIsNoReportIsRefused() async throws {
    let world = try await PreviousReportTests.world()
    let good = try await world.tool("drift", "--all", "--format", "json").output
    let tracked = JSONWriter.compact(
      try await PreviousReportTests.report(world, after: try PreviousReportTests.old(good)))
    let (made, now) = (
      "2026-01-05T00:00:00Z",
      try #require(JSONValue(parsing: Array(tracked.utf8))["generated_at"]?.text)
    )
    let nested = String(repeating: "[", count: 100_000)
    let cases: [(String, String)] = [
      ("", "is empty, as a shell leaves a file that the same command redirects"),
      ("no json", "is not a complete drift report"),
      (String(good.dropLast(30)), "is not a complete drift report"),
      ("{}", "it names no schema"), (good.replacing("drift/v1", with: "drift/v9"), "drift/v9"),
      (
        good.replacing("tinyforge.drift/v1", with: "tinyforge.plan/v1"),
        "--previous takes a report of drift"
      ),
      (nested, "is not a complete drift report"),
      (
        good.replacing("\"notes\": []", with: "\"notes\": \(nested)"),
        "is not a complete drift report"
      ),
      (
        tracked.replacing(
          "\"first_seen\":\"\(made)\"", with: "\"first_seen\":\"2026-02-30T00:00:00Z\""),
        "is not a time such as"
      ),
      (tracked.replacing("\"first_seen\":\"\(made)\"", with: "\"first_seen\":7"), "is not text"),
      (
        tracked.replacing("\"first_seen\":\"\(made)\"", with: "\"first_seen\":\"\\u001b[2J\""),
        "is not a time such as"
      ),
      (
        tracked.replacing("\"generated_at\":\"\(now)\"", with: "\"generated_at\":\"soon\""),
        "is not of the form"
      ),
      (tracked.replacing("\"lasting\":[", with: "\"lasting\":[7,"), "previous.lasting[0]"),
    ]
    for (index, (text, words)) in cases.enumerated() {
      let file = try world.scratch.write("\(index).json", text)
      let result = try await world.tool("drift", "--all", "--previous", file)
      #expect(result.status == 2 && result.output.isEmpty, "\(index): \(result)")
      #expect(result.error.contains(words), "\(index): \(result.error)")
      #expect(result.error.contains("rm \(file)") && !result.error.contains("\u{1B}"))
      // What the failure says to do about it works.
      try await mustRun("rm", [file])
      #expect(try await world.tool("drift", "--all", "--previous", file).status == 1)
    }
    let folder = try await world.tool("drift", "--all", "--previous", world.mirrors)
    #expect(folder.status == 2 && folder.error.contains("cannot be read: is a directory"))
    let zeros = try await world.tool("drift", "--all", "--previous", "/dev/zero")
    #expect(zeros.status == 2 && zeros.error.contains("it is not a JSON object"))
    let endless = try await run(
      "bash",
      [
        "-c", #"{ printf '{"a":"'; tr '\0' x </dev/zero; } | "$0" --all --previous -"#,
        builtTool("drift"),
      ],
      environment: ["TINYFORGE_DB": world.database])
    #expect(endless.status == 2 && endless.error.contains("a value has more than 64 MiB"))
  }

  /// No time counts as later than the run; of an entry that is there twice, the earlier one holds.
  @Test func timesInTheFutureAndEntriesTwice() async throws {
    let world = try await PreviousReportTests.world()
    let text = try await world.tool("drift", "--all", "--format", "json").output
    let made = try #require(JSONValue(parsing: Array(text.utf8))["generated_at"]?.text)
    let future = try await PreviousReportTests.report(
      world, after: text.replacing(made, with: "9999-12-31T23:59:59Z"))
    let entry = try PreviousReportTests.drift(future, "w2")
    #expect(entry["first_seen"] == future["generated_at"])
    let old = JSONWriter.compact(
      try await PreviousReportTests.report(world, after: try PreviousReportTests.old(text)))
    let item = try #require(old.firstRange(of: "{\"id\":\"w2\",\"name\":\"shop-w2\",\"field\""))
    let end = try #require(old[item.lowerBound...].firstIndex(of: "}"))
    let twice = String(old[item.lowerBound...end])
      .replacing("2026-01-05T00:00:00Z", with: "2025-01-05T00:00:00Z")
    let report = try await PreviousReportTests.report(
      world, after: old.replacing("\"lasting\":[", with: "\"lasting\":[\(twice),"))
    #expect(PreviousReportTests.names(report, "lasting") == ["w2.port", "w3.port"])
    #expect(
      try PreviousReportTests.drift(report, "w2")["first_seen"]?.text == "2025-01-05T00:00:00Z")
  }

  /// Names and values of a report are anybody's: each form shows them safely.
  @Test func hostileNamesOfAReportAreShownSafely() async throws {
    let world = try await PreviousReportTests.world()
    let name = "\\u001b[31m::error::x<script>@all|`\\u202e"
    let text = try await world.tool("drift", "--all", "--format", "json").output
      .replacing("\"shop-w2\"", with: "\"\(name)\"").replacing("\"w2\"", with: "\"gone\"")
    let file = try world.scratch.write("r.json", text)
    for format in ["text", "markdown", "html", "json", "github"] {
      let result = try await world.tool("drift", "--all", "--format", format, "--previous", file)
      #expect(result.status == 1, "\(result.error)")
      for raw in ["\u{1B}", "\n::error", "\u{202E}"] {
        #expect(format == "json" || !result.output.contains(raw), "\(format) \(raw)")
      }
      #expect(
        format == "text" || format == "json" || !result.output.contains("<script>@"), "\(format)")
    }
  }

  @Test(arguments: [
    (["--min-age", "1h"], "--min-age needs --previous FILE"),
    (["--previous", "x", "--min-age", "soon"], "soon"),
    (["--previous", "x", "--snapshot", "y"], "--snapshot compares nothing"),
    (["--previous", "x", "--output", "x"], "add --format json"),
  ])
  func optionsThatDoNotFit(_ options: [String], _ words: String) async throws {
    let result = try await run(
      builtTool("drift"), ["--all"] + options, environment: ["TINYFORGE_DB": "/nonexistent"])
    #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
  }
}
