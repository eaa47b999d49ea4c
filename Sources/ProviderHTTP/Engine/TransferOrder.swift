/// One attempt of a request, with all that decides how it is made.
struct TransferOrder: Sendable {
  var request: HTTPRequest
  /// When it ends, answered or not.
  var end: ContinuousClock.Instant
  /// The proxy's address, which may hold a password; nil for none.
  var proxy: String?
  /// `HOST:PORT:ADDRESS` as curl's option of that name takes it.
  var resolutions: [String]
  /// A file of certificates to trust instead of the system's.
  var certificates: String?
  var policy: NetworkPolicy
}
