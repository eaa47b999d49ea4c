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

/// One line of a head.
package struct HTTPHeader: Sendable, Equatable {
  /// The header's name.
  package var name: String
  /// The header's value.
  package var value: String

  /// Creates one from its parts.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A token, the origin that it belongs to, and how that forge wants it.
package struct HTTPAuthorization: Sendable {
  /// The secret.
  package let token: Token
  /// The header, up to the token, such as `Authorization: Bearer `.
  let header: String
  /// The only origin that it may be sent to.
  package let origin: HTTPOrigin
  /// Whether it is sent to addresses in networks that the admin named, and to no other.
  let isForNamedNetworks: Bool

  /// Creates one from its parts.
  package init(
    _ token: Token, _ header: String, for origin: HTTPOrigin, isForNamedNetworks: Bool = false
  ) {
    self.token = token
    self.header = header
    self.origin = origin
    self.isForNamedNetworks = isForNamedNetworks
  }

  /// The whole line of the head, NUL-terminated.
  var secretLine: [CChar] {
    (Array(header.utf8) + token.secretBytes + [0]).map { CChar(bitPattern: $0) }
  }
}
