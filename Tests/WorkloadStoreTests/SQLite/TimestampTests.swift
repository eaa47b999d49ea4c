import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Points in time are written in the form that is there: that of the row, and that of the log.
@Suite(.ownTime, .hangLimit) struct TimestampTests {
  /// The value of `updated_at` before a sync of 2026-11-24T01:02:03Z, and what the sync makes of it.
  @Test(arguments: [
    // SQLite's own.
    ("'2020-01-01 00:00:00'", "2026-11-24 01:02:03"), ("'2020-01-01'", "2026-11-24"),
    ("'2020-01-01 00:00'", "2026-11-24 01:02"),
    ("'2020-01-01 00:00:00.123'", "2026-11-24 01:02:03.000"),
    // RFC 3339, and its kin.
    ("'2020-01-01T00:00:00Z'", "2026-11-24T01:02:03Z"),
    ("'2020-01-01t00:00:00z'", "2026-11-24t01:02:03z"),
    ("'2020-01-01T00:00:00.123Z'", "2026-11-24T01:02:03.000Z"),
    ("'2020-01-01T00:00:00.1Z'", "2026-11-24T01:02:03.0Z"),
    ("'2020-01-01T00:00:00+03:00'", "2026-11-24T04:02:03+03:00"),
    ("'2020-01-01 00:00:00.5-01:30'", "2026-11-23 23:32:03.0-01:30"),
    ("'2020-01-01 00:00:00+0545'", "2026-11-24 06:47:03+0545"),
    ("'2020-01-01 00:00:00.123456789+00:00'", "2026-11-24 01:02:03.000000000+00:00"),
    // Go's time.Time.String(), which modernc.org/sqlite stores.
    (
      "'2020-11-27 08:00:00.123456789 +0000 UTC'",
      "2026-11-24 01:02:03.000000000 +0000 UTC"
    ),
    ("'2020-11-27 08:00:00 +0000 UTC'", "2026-11-24 01:02:03 +0000 UTC"),
    ("'2020-11-27 10:00:00 +0200 CEST'", "2026-11-24 03:02:03 +0200 CEST"),
    ("'2020-11-27 10:00:00 +0300 +03'", "2026-11-24 04:02:03 +0300 +03"),
    ("'2020-11-27 08:00:00.5 +0000 UTC m=+0.000012345'", "2026-11-24 01:02:03.0 +0000 UTC"),
    ("'0001-01-01 00:00:00 +0000 UTC'", "2026-11-24 01:02:03 +0000 UTC"),
    // Counts: seconds, milli-, micro-, nanoseconds, SQLite's julianday().
    ("1577836800", "1795482123"), ("1577836800000", "1795482123000"),
    ("1577836800000000", "1795482123000000"), ("1577836800000000000", "1795482123000000000"),
    ("-62135596800", "1795482123"), ("'1577836800'", "1795482123"),
    ("1577836800.25", "1795482123.0"), ("1577836800123.5", "1795482123000.0"),
    ("2458849.5", "2461368.54309028"),
  ])
  func updatedAtKeepsItsForm(_ before: String, _ after: String) async throws {
    for (column, isBlob) in [(before, false), ("CAST(\(before) AS BLOB)", true)] {
      // A count as a BLOB is one of digits alone.
      if isBlob, !before.hasPrefix("'") { continue }
      let fixture = try await loose(column)
      let database = try fixture.open(.readWrite)
      let row = try #require(try database.workload(id: "w"))
      guard case .written(let rows) = try database.write(fixture.sync(row)) else {
        Issue.record("not written")
        return
      }
      #expect(rows.map(\.note) == [nil])
      let stored = try await fixture.sql(
        "SELECT updated_at, typeof(updated_at) = typeof(\(column)) FROM workloads;")
      #expect(stored == "\(after)|1")
    }
  }

  /// A form that nobody knows is left alone, and said.
  @Test(arguments: [
    ("'last week'", "holds last week"), ("''", "is empty"), ("NULL", "is NULL"), ("0", "holds 0"),
    ("'Fri, 27 Nov 2020 08:00:00 GMT'", "holds Fri, 27 Nov"), ("20201127080000", "holds 2020"),
    ("'2020-11-27 08:00:00 CET'", "holds 2020-11-27 08:00:00 CET"), ("x'ff00'", "holds"),
    ("'2020-13-27'", "holds 2020-13-27"), ("'2020-11-27x'", "holds"), ("7.5", "holds 7.5"),
  ])
  func anUnknownFormIsSaid(_ before: String, _ told: String) async throws {
    let fixture = try await loose(before)
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w"))
    guard case .written(let rows) = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(rows[0].note?.contains("updated_at \(told)") == true, "\(rows)")
    let isSame = try await fixture.sql("SELECT updated_at IS \(before) FROM workloads;")
    #expect(isSame == "1")
    // What does not renew it says nothing of it.
    let fresh = try #require(try database.workload(id: "w"))
    let optOut = RowWrite(expected: fresh, now: "2026-11-24T01:02:03Z", gitopsEnabled: false)
    guard case .written(let again) = try database.write(optOut) else { return }
    #expect(again[0].note == nil)
  }

  /// Audit rows have the form of the log's own rows, whatever the table's default is.
  @Test(arguments: [
    ("TEXT DEFAULT (datetime('now'))", "'2020-01-01T00:00:00Z'", "2026-11-24T01:02:03Z"),
    (
      "TEXT DEFAULT (datetime('now'))", "'2020-01-01 00:00:00 +0000 UTC'",
      "2026-11-24 01:02:03 +0000 UTC"
    ),
    ("TEXT NOT NULL", "CAST('2020-01-01T00:00:00Z' AS BLOB)", "2026-11-24T01:02:03Z"),
    ("INTEGER NOT NULL", "1577836800000", "1795482123000"),
    ("INTEGER DEFAULT 1", "1577836800", "1795482123"),
    // Nothing is known: the table's own, else RFC 3339.
    ("TEXT DEFAULT 'now'", "'long ago'", "now"), ("TEXT", "'long ago'", "2026-11-24T01:02:03Z"),
    ("TEXT AS ('made')", nil, "made"), ("TEXT DEFAULT 'first'", nil, "first"),
  ])
  func auditRowsFollowTheLog(_ column: String, _ before: String?, _ after: String) async throws {
    let theirs = before.map {
      "INSERT INTO event_log (source, message, created_at) VALUES ('deploy', 'm', \($0));"
    }
    // A row that an earlier version left to the table.
    let ours =
      column.contains("DEFAULT")
      ? "INSERT INTO event_log (source, message) VALUES ('gitops', 'ours');" : ""
    let fixture = try await loose(
      "NULL",
      log: """
        CREATE TABLE event_log (id INTEGER PRIMARY KEY, source TEXT, message TEXT,
          created_at \(column));
        \(theirs ?? "")\(before == nil ? "" : ours)
        """)
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w"))
    guard case .written = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    let stored = try await fixture.sql(
      "SELECT created_at FROM event_log WHERE message = 'Synced.';")
    #expect(stored == after)
  }

  /// A table without types, with one workload.
  private func loose(_ updatedAt: String, log: String = "") async throws -> StoreFixture {
    try await StoreFixture(
      schema: """
        CREATE TABLE workloads (id, source_kind, source_config, gitops_enabled, gitops_path,
          gitops_last_sync_at, gitops_commit_sha, updated_at);
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'p', '', '', \(updatedAt));
        \(log)
        """)
  }
}
