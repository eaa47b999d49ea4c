package import TinyforgeCore

/// What became of a write to a forge.
package enum ForgeWritten: Sendable {
  case done(ServerJSON)
  /// What it concerns is gone.
  case gone
  /// The connection ended before the answer, so that it is unknown whether it was carried out.
  case unknown(Failure)
}
