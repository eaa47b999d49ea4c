import Reporting
package import TinyforgeCore

/// The member `previous` of a report of drift.
extension DriftChanges {
  /// The lists as a report has them.
  package var json: JSONValue {
    [
      "generated_at": .optional(previousAt), "new": Self.list(new), "lasting": Self.list(lasting),
      "resolved": Self.list(resolved), "unread": Self.list(unread),
    ]
  }

  private static func list(_ entries: [TrackedDrift]) -> JSONValue { .array(entries.map(\.json)) }

  /// Reads the lists back, of which `stream` holds one entry at a time.
  init(_ stream: inout JSONStream) throws {
    var lists: [String: [TrackedDrift]] = ["new": [], "lasting": [], "resolved": [], "unread": []]
    let rest = try stream.members { name, stream in
      guard lists[name] != nil, try stream.next() == UInt8(ascii: "[") else { return false }
      var entries: [TrackedDrift] = []
      try stream.items { stream in
        let place = "previous.\(name)[\(entries.count)]"
        entries.append(try TrackedDrift(JSONFields(try stream.value(), at: place)))
      }
      lists[name] = entries
      return true
    }
    let fields = try JSONFields(.object(rest), at: "previous")
    self.init(previousAt: try fields.optionalTime("generated_at"))
    for name in lists.keys where fields.any(name) != .null {
      throw fields.misfit(name, "is not a list")
    }
    new = lists["new"] ?? []
    lasting = lists["lasting"] ?? []
    resolved = lists["resolved"] ?? []
    unread = lists["unread"] ?? []
  }
}

extension TrackedDrift {
  /// The entry as a list of a report, or a notification, has it.
  package var json: JSONValue {
    var members = server.map { [JSONValue.Member("server", .string($0))] } ?? []
    members += [
      .init("id", .string(id)), .init("name", .string(name)), .init("field", .string(field)),
      .init("repo", repo), .init("live", live),
      .init("first_seen", .string(UTCTime.rfc3339(firstSeen))),
    ]
    if isChanged { members.append(.init("changed", true)) }
    if !isCounted { members.append(.init("counted", false)) }
    if isNewlyCounted { members.append(.init("newly_counted", true)) }
    if let resolution { members.append(.init("resolution", .string(resolution.rawValue))) }
    return .object(members)
  }

  init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      id: try fields.text("id"), name: try fields.text("name"), field: try fields.text("field"),
      repo: fields.any("repo"), live: fields.any("live"),
      firstSeen: try fields.seconds("first_seen"), server: try fields.server())
    isChanged = fields.any("changed") == true
    isCounted = fields.any("counted") != false
    isNewlyCounted = fields.any("newly_counted") == true
    if fields.any("resolution") != .null {
      resolution = try fields.choice("resolution", Resolution.self)
    }
  }
}

extension JSONFields {
  fileprivate func optionalTime(_ name: String) throws(Misfit) -> String? {
    guard let text = try optionalText(name) else { return nil }
    _ = try seconds(name)
    return text
  }
}
