package import TinyforgeCore

/// Writes and reads snapshots as `tinyforge.snapshot/v1`.
package enum SnapshotJSON {
  /// The value of a snapshot's `schema`.
  package static let schema = "tinyforge.snapshot/v1"

  /// One document.
  package static func render(_ snapshot: LiveSnapshot) -> String {
    var members: [JSONValue.Member] = [
      .init("schema", .string(schema)), .init("taken_at", .string(snapshot.takenAt)),
    ]
    members.append(servers: snapshot.servers)
    members.append(.init("workloads", .array(snapshot.workloads.map(workload))))
    return JSONWriter.indented(.object(members)) + "\n"
  }

  private static func workload(_ entry: SnapshotWorkload) -> JSONValue {
    let row = entry.workload
    let config = (try? JSONValue(parsing: Array(row.sourceConfig.utf8))) ?? .null
    let value: JSONValue = [
      "id": .string(row.id), "name": .string(row.name), "source_kind": .string(row.sourceKind),
      "gitops_enabled": .bool(row.gitopsEnabled), "gitops_path": .string(row.gitopsPath),
      "last_sync_at": .string(row.lastSyncAt), "last_sync_commit": .string(row.lastSyncCommit),
      "source_config": config, "withheld": .array(entry.withheld.map { .string($0) }),
    ]
    let placed = row.server.map { value.adding("server", .string($0)) } ?? value
    let noted = entry.hasVolumes ? placed.adding("has_volumes", true) : placed
    return entry.log.map { noted.adding("log", $0.json) } ?? noted
  }

  /// Reads a snapshot back; `name` is what the failure calls it.
  ///
  /// Throws where it follows another schema, or is none.
  package static func read(_ bytes: [UInt8], name: String) throws(Failure) -> LiveSnapshot {
    do {
      let value = try JSONValue(parsing: bytes)
      let schema = try JSONFields(value).text("schema")
      guard schema == Self.schema else { throw otherSchema(schema, name) }
      let fields = try JSONFields(value)
      let taken = try fields.text("taken_at")
      guard UTCTime.seconds(ofRFC3339: taken) != nil else {
        throw fields.misfit("taken_at", "is not of the form 2026-01-31T12:00:00Z")
      }
      return LiveSnapshot(
        takenAt: taken, workloads: try fields.list("workloads", workload),
        servers: try fields.servers())
    } catch let error as Failure {
      throw error
    } catch let misfit as JSONFields.Misfit {
      throw failure(name, "\(misfit.place.shownSafely) \(misfit.problem)")
    } catch let fault as JSONFault {
      throw failure(name, fault.sentence)
    } catch {
      throw failure(name, "it cannot be read")
    }
  }

  private static func workload(_ fields: JSONFields) throws(JSONFields.Misfit) -> SnapshotWorkload {
    let config = fields.any("source_config")
    if config != .null { _ = try fields.object("source_config") }
    return SnapshotWorkload(
      workload: Workload(
        id: try fields.text("id"), name: try fields.text("name"),
        sourceKind: try fields.text("source_kind"),
        sourceConfig: config == .null ? "" : JSONWriter.compact(config),
        gitopsEnabled: try fields.flag("gitops_enabled"),
        gitopsPath: try fields.text("gitops_path"), lastSyncAt: try fields.text("last_sync_at"),
        lastSyncCommit: try fields.text("last_sync_commit"),
        configFault: config == .null
          ? "the database's could not be used when the snapshot was taken" : nil,
        server: try fields.server()),
      withheld: try fields.texts("withheld"),
      log: try fields.optionalObject("log").map(SyncRecord.init),
      hasVolumes: try fields.any("has_volumes") == .null ? false : fields.flag("has_volumes"))
  }

  private static func otherSchema(_ schema: String, _ name: String) -> Failure {
    if schema.startsWithBytes(of: "tinyforge.snapshot/") == false,
      let kind = DocumentKind.words(ofSchema: schema)
    {
      return Failure(
        .usage, "\(name.shownSafely) is \(kind); --live reads a snapshot of live values",
        remedy: "take one with drift --all --snapshot FILE")
    }
    return Failure(
      .usage,
      "the snapshot \(name.shownSafely) follows the schema \"\(schema.shownSafely)\"; this version "
        + "reads \(Self.schema)", remedy: "take it with the same version of drift")
  }

  private static func failure(_ name: String, _ problem: String) -> Failure {
    Failure(
      .usage, "\(name.shownSafely) is not a snapshot: \(problem)",
      remedy: "take one with drift --all --snapshot FILE")
  }
}
