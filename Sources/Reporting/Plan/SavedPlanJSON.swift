package import TinyforgeCore

/// Writes saved plans as `tinyforge.plan-file/v1` JSON, and reads them back.
///
/// The file carries a digest of all its other bytes, as its last member: against damage and against
/// edits by hand, not against forgers, who could compute it as well.
package enum SavedPlanJSON {
  /// Why a file is not a saved plan, or no longer the one that was written.
  package enum Misfit: Error, Sendable, Equatable {
    /// It never was one; the words say what it is.
    case other(String)
    /// Its digest does not fit, or a part is missing.
    case changed(String)
  }

  private static let digestName = "digest"

  /// The file's text.
  package static func render(_ plan: SavedPlan, digest: Digesting) -> String {
    let draft = JSONWriter.indented(document(plan, digest: "")) + "\n"
    guard let range = digestRange(in: Array(draft.utf8)) else { return draft }
    var bytes = Array(draft.utf8)
    let value = JSONWriter.compact(.string(digest(others(bytes, range))))
    bytes.replaceSubrange(range, with: value.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The plan in the file; throws where it is another file or was changed.
  package static func read(_ bytes: [UInt8], digest: Digesting) throws(Misfit) -> SavedPlan {
    let text: JSONText
    do {
      text = try JSONText(bytes)
    } catch {
      throw claims(bytes)
        ? .changed(error.sentence) : .other("no JSON")
    }
    let schema = text["schema"]?.text ?? ""
    guard schema == SavedPlan.schema else {
      throw schema.startsWithBytes(of: "tinyforge.plan/")
        ? .other("the report of plan --format json, which is not a saved plan")
        : .other("JSON of another form")
    }
    guard let range = digestRange(in: bytes), let stated = text[digestName]?.text,
      stated == digest(others(bytes, range))
    else { throw .changed("its digest does not fit its text") }
    do {
      return try plan(.object(text.members.map { .init($0.name, $0.value) }))
    } catch {
      throw .changed("\(error.place) \(error.problem)")
    }
  }

  /// Whether a text that cannot be read was a saved plan once, however little of it is left.
  private static func claims(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(200).contains("\"\(SavedPlan.schema)\"".utf8)
      || "{\n  \"schema\": \"\(SavedPlan.schema)\"".utf8.starts(with: bytes)
  }

  private static func digestRange(in bytes: [UInt8]) -> Range<Int>? {
    guard let last = (try? JSONText(bytes))?.members.last, last.name.hasSameBytes(as: digestName)
    else {
      return nil
    }
    return last.valueRange
  }

  private static func others(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    Array(bytes[..<range.lowerBound] + bytes[range.upperBound...])
  }

  // MARK: Writing

  private static func document(_ plan: SavedPlan, digest: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("schema", .string(SavedPlan.schema)), .init("created_at", .string(plan.createdAt)),
      .init("tool_version", .string(plan.toolVersion)),
    ]
    if plan.serverKeyIDs.isEmpty {
      members.append(.init("key_id", .optional(plan.keyID)))
    } else {
      let keys = plan.serverKeyIDs.sorted { $0.key < $1.key }
      members.append(
        .init("key_ids", .object(keys.map { JSONValue.Member($0.key, .string($0.value)) })))
    }
    return .object(
      members + [
        .init("workloads", .array(plan.workloads.map(workload))),
        .init(digestName, .string(digest)),
      ])
  }

  private static func workload(_ planned: PlannedWorkload) -> JSONValue {
    let value: JSONValue = [
      "id": .string(planned.id), "name": .string(planned.name),
      "source_kind": .string(planned.sourceKind), "path": .string(planned.path),
      "commit": .string(planned.commit), "spec_digest": .string(planned.specDigest),
      "live_digest": .string(planned.liveDigest), "rest_digest": .string(planned.restDigest),
      "last_sync_commit": .string(planned.lastSyncCommit),
      "fields": .array(planned.fields.map(field)),
      "undeclared": .array(
        planned.undeclared.map {
          ["name": .string($0.name), "digest": .optional($0.digest)]
        }),
    ]
    return planned.server.map { value.adding("server", .string($0)) } ?? value
  }

  private static func field(_ field: PlannedWorkload.Field) -> JSONValue {
    ["field": .string(field.field.name), "from": field.from ?? .null, "to": field.to]
  }

  // MARK: Reading

  private static func plan(_ value: JSONValue) throws(JSONFields.Misfit) -> SavedPlan {
    let fields = try JSONFields(value)
    return SavedPlan(
      createdAt: try fields.text("created_at"), toolVersion: try fields.text("tool_version"),
      keyID: fields.any("key_id").text, serverKeyIDs: keys(fields.any("key_ids")),
      workloads: try fields.list("workloads") { item throws(JSONFields.Misfit) in
        try workload(item)
      })
  }

  private static func keys(_ value: JSONValue) -> [String: String] {
    guard case .object(let members) = value else { return [:] }
    return Dictionary(
      members.compactMap { member in member.value.text.map { (member.name, $0) } },
      uniquingKeysWith: { $1 })
  }

  private static func workload(_ fields: JSONFields) throws(JSONFields.Misfit) -> PlannedWorkload {
    PlannedWorkload(
      id: try fields.text("id"), name: try fields.text("name"),
      sourceKind: try fields.text("source_kind"), path: try fields.text("path"),
      commit: try fields.text("commit"), specDigest: try fields.text("spec_digest"),
      liveDigest: try fields.text("live_digest"), restDigest: try fields.text("rest_digest"),
      lastSyncCommit: try fields.text("last_sync_commit"),
      undeclared: try fields.list("undeclared") { item throws(JSONFields.Misfit) in
        .init(name: try item.text("name"), digest: try item.optionalText("digest"))
      },
      fields: try fields.list("fields") { item throws(JSONFields.Misfit) in try field(item) },
      server: try fields.server())
  }

  private static func field(_ fields: JSONFields) throws(JSONFields.Misfit)
    -> PlannedWorkload.Field
  {
    guard let field = SpecFieldTable.named(try fields.text("field")) else {
      throw fields.misfit("field", "is not a field of a spec")
    }
    let from = fields.any("from")
    return .init(field: field, from: from == .null ? nil : from, to: fields.any("to"))
  }
}
