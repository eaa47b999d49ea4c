/// A workload's `source_config`: the one place that knows its keys.
///
/// The three deploy leaves are known; the coordinates of the repository are assumed (see the
/// reference page), and what does not fit is said, never guessed at.
package struct LiveConfig: Sendable {
  /// The text, laid out as it is stored.
  package let json: JSONText
  /// Some name is not in lower case, so that it may be another one's to the server.
  private let hasOddNames: Bool

  /// Reads the stored text; the failure's text is what to tell of it.
  package init(_ stored: String) throws(JSONFault) {
    try self.init(JSONText(Array(stored.utf8)))
  }

  init(_ json: JSONText) throws(JSONFault) {
    hasOddNames = json.members.contains { Self.isOdd($0.name) }
    if hasOddNames, let (member, field) = Self.lookalike(in: json) {
      throw JSONFault(
        problem:
          "it holds \"\(member.name.shownSafely)\", which the server would read as \"\(field)\"",
        offset: member.nameRange.lowerBound)
    }
    self.json = json
  }

  private static func isOdd(_ name: String) -> Bool {
    func isOdd(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte >= 0x80
    }
    return name.utf8.withContiguousStorageIfAvailable { $0.contains(where: isOdd) }
      ?? name.utf8.contains(where: isOdd)
  }

  /// The live value of a field as stored; nil where the key is absent or null.
  package subscript(field: SpecField) -> JSONValue? {
    guard let value = json[field.name], value != .null else { return nil }
    return value
  }

  /// A member whose name only looks like a field's.
  ///
  /// The server's JSON reader matches names without regard to case, so that "Port" beside or
  /// instead of "port" would be the port too. Nothing that the server writes looks like that.
  private static func lookalike(in json: JSONText) -> (JSONText.Member, String)? {
    for member in json.members {
      for field in SpecFieldTable.all
      where isLookalike(member.name, of: field.name)
        && !member.name.hasSameBytes(as: field.name)
      {
        return (member, field.name)
      }
    }
    return nil
  }

  private static func isLookalike(_ name: String, of field: String) -> Bool {
    // Folding changes the length of two characters alone, to more bytes.
    name.utf8.count >= field.utf8.count
      && name.unicodeScalars.lazy.map(fold).elementsEqual(field.unicodeScalars)
  }

  /// Letters' case, and the two characters beyond ASCII that fold to ASCII letters (ſ and K).
  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
    case "\u{17F}": "s"
    case "\u{212A}": "k"
    default: scalar
    }
  }
}

extension LiveConfig {
  /// The repository's coordinates; nil where owner or name is missing.
  package var coordinates: RepositoryCoordinates? {
    guard let owner = text("repo_owner"), let name = text("repo_name") else { return nil }
    return RepositoryCoordinates(
      host: host, owner: owner, name: name, branch: branch, provider: text("provider"),
      baseURL: text("base_url"), sealedToken: text("access_token"))
  }

  /// The branch that the workload follows; nil for the repository's own default.
  package var branch: String? { text("branch") }

  /// The text of a member as the server's decoder reads it; nil where it is absent or empty.
  package func text(_ key: String) -> String? {
    let value = hasOddNames ? lastValue(key) : json[key]
    guard let text = value?.text, !text.isEmpty else { return nil }
    return text
  }

  /// Go's decoder takes a member in any case, one after the other, and null leaves what is there: the last one
  /// that is not null counts.
  private func lastValue(_ key: String) -> JSONValue? {
    json.members.last { $0.value != .null && Self.isLookalike($0.name, of: key) }?.value
  }

  /// Whether a name is read as that of a coordinate, in whatever case.
  static func isCoordinate(_ name: String) -> Bool {
    coordinateNames.contains { isLookalike(name, of: $0) }
  }

  private static let coordinateNames = [
    "provider", "base_url", "repo_owner", "repo_name", "branch", "access_token", "folder_path",
    "context_path", "dockerfile_path",
  ]

  private var host: String? {
    if let address = text("base_url") { return Self.host(of: address) }
    return text("provider").flatMap { ForgeKind(provider: $0) }?.defaultHost
  }

  /// The host and port of an address, without scheme, user and path.
  private static func host(of address: String) -> String? {
    // Byte by byte: a search by characters costs more than all else that is done to a config.
    var rest = address.utf8[...]
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) {
      rest = rest[colon...].dropFirst(3)
    }
    rest = rest.prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    if let user = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[rest.index(after: user)...] }
    return rest.isEmpty ? nil : String(Substring(rest)).lowercased()
  }
}
