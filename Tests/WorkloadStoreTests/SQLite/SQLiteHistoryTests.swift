import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Logs that only SQLite can have.
@Suite(.ownTime, .hangLimit) struct SQLiteHistoryTests {
  @Test func rowsWithoutNumbersAreNoHistory() async throws {
    let fixture = try await StoreFixture()
    try await fixture.sql(
      """
      DROP TABLE event_log;
      CREATE TABLE event_log (source TEXT PRIMARY KEY, metadata TEXT) WITHOUT ROWID;
      INSERT INTO event_log VALUES ('gitops', '{"workload":"w1"}');
      """)
    #expect(try fixture.open().syncEvents().isEmpty)
  }

  @Test func aLogWithoutTimesIsRead() async throws {
    let fixture = try await StoreFixture()
    try await fixture.sql(
      """
      DROP TABLE event_log; CREATE TABLE event_log (source, metadata);
      INSERT INTO event_log VALUES ('gitops', '{"workload":"w1"}');
      """)
    #expect(try fixture.open().syncEvents().map(\.createdAt) == [""])
  }
}
