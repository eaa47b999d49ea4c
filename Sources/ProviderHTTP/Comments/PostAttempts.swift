internal import TinyforgeCore

/// The attempts to leave one post of its kind, while other runs may write the same.
struct PostAttempts {
  /// How often the forge's list is read and written to.
  static let rounds = 4
  /// How often the connection of a new post may drop.
  private static let dropLimit = 1
  private var drops = 0

  /// Notes that the connection of a new post dropped; throws the failure if that happened too often.
  mutating func noteDrop(_ failure: Failure) throws(Failure) {
    drops += 1
    if drops > Self.dropLimit { throw failure }
  }
}
