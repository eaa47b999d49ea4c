/// Makes specs of live configs.
package enum SpecExport {
  /// A spec that was made.
  package struct Made: Sendable, Equatable {
    /// The text of the spec.
    package var text: String
    /// The fields that it declares.
    package var declared: [String]
    /// What the live config holds and the spec does not say, each in a sentence.
    package var leftOut: [String]
  }

  /// The spec that declares what the live config says of every field that the source honours.
  ///
  /// A field that the live config does not hold stays unmanaged; one that no spec may say is left out, with a note, and
  /// so are those that a snapshot has `withheld`.
  package static func spec(of live: LiveConfig, source: SourceKind, withheld: [String] = [])
    -> Made
  {
    var made = Made(text: "version: 1\n", declared: [], leftOut: [])
    var lines: [String] = []
    for field in SpecFieldTable.all where field.honouredBy.contains(source) {
      switch ExportedValue(of: field, in: live, withheld: withheld) {
      case .value(let value):
        lines.append("  \(field.name): \(YAMLText.scalar(value))\n")
        made.declared.append(field.name)
      case .unwritable(let reason):
        made.leftOut.append("the live value is left out: \(reason)")
      case .absent: break
      }
    }
    if !lines.isEmpty { made.text += "deploy:\n" + lines.joined() }
    return made
  }

  /// What became of a spec that takes live values.
  package struct Updated: Sendable, Equatable {
    /// The text of the spec; the old one to the byte where nothing changed.
    package var bytes: [UInt8]
    /// What changed, in the order of the field table.
    package var changes: [Change]
  }

  /// A value that was written.
  package struct Change: Sendable, Equatable {
    /// The field's name.
    package var field: String
    /// The old value; nil where the field was not declared.
    package var from: FieldValue?
    /// The new value.
    package var to: FieldValue
  }

  /// Why a spec takes no live values: nothing is written then.
  package struct Refusal: Error, Sendable, Equatable {
    /// What prevents it, in a sentence.
    package var message: String
    /// The place in the spec; nil where there is none.
    package var place: SourcePosition?
    /// What to do.
    package var remedy: String
  }

  /// Writes the live values of the fields that the spec declares, and of those in `adding`, into it.
  ///
  /// Only values change: comments and layout stay to the byte, as does every other value. What cannot be changed alone,
  /// as a value that an alias or a merge brings in, is refused.
  package static func update(
    _ bytes: [UInt8], from live: LiveConfig, source: SourceKind, adding: [SpecField] = [],
    withheld: [String] = []
  ) throws(Refusal) -> Updated {
    var updated = Updated(bytes: bytes, changes: [])
    let declared = try valid(bytes)
    for field in SpecFieldTable.all where field.honouredBy.contains(source) {
      let old = declared.first { $0.field == field }
      guard old != nil || adding.contains(field) else { continue }
      let exported = ExportedValue(of: field, in: live, withheld: withheld)
      guard let value = try target(of: field, old, exported, in: bytes) else { continue }
      let edit = try SpecValueEdit(of: field, in: updated.bytes, to: value)
      updated.bytes = try edit.edited()
      updated.changes.append(Change(field: field.name, from: old?.value, to: value))
    }
    if let field = adding.first(where: { !$0.honouredBy.contains(source) }) {
      throw Refusal(
        message: "\(field.name) is not a field of \(source.rawValue) sources", place: nil,
        remedy: "leave it out")
    }
    return updated
  }

  private static func valid(_ bytes: [UInt8]) throws(Refusal) -> [DeclaredField] {
    let spec = SpecReading.read(bytes)
    guard let fault = spec.findings.first(where: { $0.code.kind == .refusal }) else {
      return spec.declared
    }
    throw Refusal(
      message: "the spec is invalid: \(fault.message)",
      place: fault.span.map { SourceText(bytes).position(at: $0.lowerBound) },
      remedy: "correct what lint-spec finds in it first")
  }

  /// The value to write; nil where the spec says it already.
  private static func target(
    of field: SpecField, _ old: DeclaredField?, _ exported: ExportedValue, in bytes: [UInt8]
  ) throws(Refusal) -> FieldValue? {
    let value: FieldValue
    let reason: String
    switch (exported, field.absentMeans) {
    case (.value(let found), _): (value, reason) = (found, "")
    case (.absent, let meant?): (value, reason) = (meant, "")
    case (.absent, nil): (value, reason) = (.text(""), "\(field.name) is not in the live config")
    case (.unwritable(let why), _):
      (value, reason) = (.text(""), "the live value cannot be written: \(why)")
    }
    guard reason.isEmpty else {
      throw Refusal(
        message: reason,
        place: old.map { SourceText(bytes).position(at: $0.span.lowerBound) },
        remedy: old == nil
          ? "leave it out" : "remove \(field.name) from the spec, or set it in Tinyforge")
    }
    if let old, field.normalize(old.value) == field.normalize(value) { return nil }
    return value
  }
}
