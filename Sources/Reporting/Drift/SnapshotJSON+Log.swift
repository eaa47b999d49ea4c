import TinyforgeCore

/// What a snapshot holds of the event log.
extension SyncRecord {
  var json: JSONValue {
    let sync = sync.map { sync -> JSONValue in
      [
        "commit": .string(sync.commit), "path": .string(sync.path),
        "is_revert": .bool(sync.isRevert),
      ]
    }
    let fields = SpecFieldTable.all.compactMap { field in
      self.fields[field.name].map { $0.json(of: field.name) }
    }
    return ["last_sync": sync ?? .null, "fields": .array(fields)]
  }

  init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init()
    if let sync = try fields.optionalObject("last_sync") {
      self.sync = Sync(
        commit: try sync.text("commit"), path: try sync.text("path"),
        isRevert: try sync.flag("is_revert"))
    }
    let list = try fields.list("fields") { (item) throws(JSONFields.Misfit) in
      (try item.text("field"), try FieldRecord(item))
    }
    self.fields = Dictionary(list, uniquingKeysWith: { $1 })
  }
}

extension FieldRecord {
  fileprivate func json(of field: String) -> JSONValue {
    let value: JSONValue = ["field": .string(field), "set_by": event.json]
    guard let revert else { return value }
    return value.adding(
      "revert",
      ["live": revert.live, "undone": revert.undone, "commit": .string(revert.commit)])
  }

  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(event: try ReportedDrift.SyncEvent(try fields.object("set_by")))
    if let revert = try fields.optionalObject("revert") {
      self.revert = Revert(
        live: revert.any("live"), undone: revert.any("undone"), commit: try revert.text("commit"))
    }
  }
}

extension ReportedDrift.SyncEvent {
  /// The row as reports and snapshots hold it.
  var json: JSONValue {
    let members: JSONValue = ["id": .integer(id), "at": .string(at), "actor": .string(actor)]
    return reverts.map { members.adding("reverts", .integer($0)) } ?? members
  }

  /// Reads it back.
  package init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      id: try fields.integer("id"), at: try fields.text("at"), actor: try fields.text("actor"),
      reverts: try fields.optionalInteger("reverts"))
  }
}
