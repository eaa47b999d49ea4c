internal import TinyforgeCore

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
