package import TinyforgeCore

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
