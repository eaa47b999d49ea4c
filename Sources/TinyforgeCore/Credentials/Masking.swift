extension String {
  /// The text with `*` for every character of what looks like a credential.
  package var withoutCredentials: String {
    // Nothing that short is taken for a credential.
    guard utf8.count >= 6 else { return self }
    var scalars = Array(unicodeScalars)
    let credentials = CredentialSearch.scan(scalars)
    guard !credentials.isEmpty else { return self }
    for credential in credentials {
      for index in credential.span where scalars[index] != "\n" && scalars[index] != "\r" {
        scalars[index] = "*"
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension JSONValue {
  /// Whether a name in it says that something in it is secret, or a text in it looks so.
  ///
  /// A name may be a member's, the text of a `name` or `key` beside a value, or what is before `=` in a text.
  package var holdsCredential: Bool {
    switch self {
    case .null, .bool, .number: false
    case .string(let text):
      CredentialWord.isAtEnd(of: String(text.prefix { $0 != "=" }))
        || text.withoutCredentials != text
    case .array(let items): items.contains(where: \.holdsCredential)
    case .object(let members):
      members.contains { CredentialWord.isAtEnd(of: $0.name) || $0.value.holdsCredential }
    }
  }

  /// The value with `*` for every character of what looks like a credential in its texts.
  package var withoutCredentials: JSONValue {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): .string(text.withoutCredentials)
    case .array(let items): .array(items.map(\.withoutCredentials))
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.withoutCredentials(under: $0.name)) })
    }
  }

  private func withoutCredentials(under name: String) -> JSONValue {
    guard case .string(let text) = self, CredentialWord.isAtEnd(of: name),
      CredentialWord.isCredible(text)
    else { return withoutCredentials }
    return .string(String(text.map { _ in "*" }))
  }
}
