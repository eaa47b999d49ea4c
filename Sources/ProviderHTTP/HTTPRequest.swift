package import TinyforgeCore

/// What is asked.
package struct HTTPRequest: Sendable {
  /// What is asked.
  package var method: HTTPMethod
  /// Where it is asked.
  package var url: HTTPURL
  /// Without the authorization, which ``authorization`` carries.
  package var headers: [HTTPHeader]
  /// The bytes to send; nil for none.
  package var body: [UInt8]?
  /// Sent to its own origin alone.
  package var authorization: HTTPAuthorization?
  /// How many bytes of a body are taken; more ends the transfer.
  package var bodyLimit: Int

  /// Creates one from its parts.
  package init(
    _ method: HTTPMethod, _ url: HTTPURL, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
    authorization: HTTPAuthorization? = nil, bodyLimit: Int = 1 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.authorization = authorization
    self.bodyLimit = bodyLimit
  }

  /// A request whose body is JSON.
  package init(
    _ method: HTTPMethod, _ url: HTTPURL, json: JSONValue, headers: [HTTPHeader] = [],
    authorization: HTTPAuthorization? = nil, bodyLimit: Int = 1 << 20
  ) {
    self.init(
      method, url, headers: headers + [HTTPHeader("Content-Type", "application/json")],
      body: Array(JSONWriter.compact(json).utf8), authorization: authorization,
      bodyLimit: bodyLimit)
  }
}
