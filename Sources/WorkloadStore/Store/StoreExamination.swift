import TinyforgeCore

/// What the doctor wants to know of a database, and who asks.
package struct StoreExamination: Sendable {
  /// What is to be possible; where the database can only be read here, no more than reading is.
  package let aim: DatabaseAim
  /// The name of this user, as findings give it.
  package let userName: String
  /// The name of this machine.
  package let hostName: String
  /// Seconds since 1970.
  package let now: Int64

  /// Creates one from its parts.
  package init(aim: DatabaseAim, userName: String, hostName: String, now: Int64) {
    self.aim = aim
    self.userName = userName
    self.hostName = hostName
    self.now = now
  }

  /// Clocks of two machines differ by seconds; by more, "the latest" is another one on each.
  private static let clockTolerance: Int64 = 300

  /// Whether a time, RFC 3339 in UTC, is later than now by more than clocks differ.
  package func isAhead(_ time: String) -> Bool {
    UTCTime.seconds(ofRFC3339: time).map { $0 > now + Self.clockTolerance } ?? false
  }
}
