/// Compares declared fields with the live config.
package enum Drift {
  /// The entries of `declared` whose live value is another one, after normalization.
  ///
  /// An absent key equals the value that it means (`""` for texts); `""` equals `recreate`;
  /// `8080` equals `8080.0`.
  package static func compare(_ declared: [DeclaredField], with live: LiveConfig) -> [DriftEntry] {
    declared.compactMap { entry in
      let stored = live[entry.field]
      let same = meaning(of: stored, for: entry.field) == entry.field.normalize(entry.value)
      return same ? nil : DriftEntry(declared: entry, live: stored)
    }
  }

  /// The meaning of a live value, normalized; nil for one of another type, and for an absent one
  /// that means nothing.
  static func meaning(of stored: JSONValue?, for field: SpecField) -> FieldValue? {
    (stored.map { value(of: $0, as: field.form) } ?? field.absentMeans).map(field.normalize)
  }

  /// A live value as the field's own type; nil where it is of another.
  static func value(of live: JSONValue, as form: SpecField.Form) -> FieldValue? {
    switch (form, live) {
    case (.integer, .number(let text)): JSONNumber.integer(text).map { .integer($0) }
    case (.text, .string(let text)): .text(text)
    default: nil
    }
  }
}
