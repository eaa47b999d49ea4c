internal import TinyforgeCore

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

/// The result of an attempt.
struct TransferOutcome: Sendable {
  /// libcurl's `CURLcode`; 0 for a whole answer.
  var code: UInt32
  /// Status 0 where no answer began.
  var response: HTTPResponse
  /// The last address that the policy refused.
  var refusal: AddressRefusal?
  /// The body was cut off at the request's limit.
  var isCutOff = false
  /// The body's length as the server said it.
  var declaredLength: Int?
  /// What the proxy answered to CONNECT; 0 where none was asked.
  var proxyStatus = 0
  /// libcurl's own words; a server may have put some of them there.
  var detail: ServerText
}

/// An address that was not connected to.
struct AddressRefusal: Sendable, Equatable {
  var address: IPAddress
  var verdict: NetworkPolicy.Verdict
}
