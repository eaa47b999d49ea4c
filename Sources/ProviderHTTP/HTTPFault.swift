package import TinyforgeCore

/// Why there is no answer.
package struct HTTPFault: Error, Sendable, Equatable {
  /// What went wrong.
  package enum Kind: Sendable, Equatable {
    /// The host's name has no address.
    case unresolved
    /// No server listens there, or the network has no route to it.
    case unreachable
    /// The policy refuses the address.
    case refusedAddress
    /// The policy refuses to send without encryption.
    case cleartext
    /// The certificate, or the encryption at all, is not right.
    case insecure
    /// No whole answer within the request's time.
    case timeout
    /// The run's time is over.
    case runOver
    /// The body is larger than the request allows; the size where the server said it.
    case tooLarge(Int?)
    /// The connection ended before the answer did.
    case brokenOff
    /// The answer is not HTTP, or is encoded in a way that was not asked for.
    case malformed
    /// The proxy refused or failed.
    case proxy
    /// The forge failed before in this run, and is not asked again.
    case skipped
    /// The request cannot be sent as it is, or libcurl is missing.
    case unusable
  }

  /// What went wrong.
  package var kind: Kind
  /// One sentence without a full stop, free of tokens.
  package var message: String
  /// How to fix it; nil where there is no advice.
  package var remedy: Remedy?

  /// Creates one from its parts.
  package init(_ kind: Kind, _ message: String, remedy: Remedy? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }

  /// For tools and reports.
  package var failure: Failure { Failure(.network, message, remedy: remedy) }

  /// Whether the same request may go well a moment later.
  var isPassing: Bool {
    switch kind {
    case .unreachable, .brokenOff: true
    default: false
    }
  }

  /// Whether it counts against the origin: not where the run or the request itself is the reason.
  package var isOfOrigin: Bool {
    switch kind {
    case .runOver, .skipped, .unusable: false
    default: true
    }
  }
}
