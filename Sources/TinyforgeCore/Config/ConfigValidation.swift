/// Checks a merged config as a whole.
package enum ConfigValidation {
  /// What is wrong with `merged`, one sentence a fault; empty when nothing is.
  ///
  /// Fields that the source ignores are not inspected. `declared` names the fields that come from
  /// the spec: a port of 0 is "not set" where the live config has it of old, and a mistake where a
  /// spec declares it.
  package static func faults(
    in merged: LiveConfig, source: SourceKind, declared: [DeclaredField]
  ) -> [String] {
    SpecFieldTable.all.compactMap { field in
      guard field.honouredBy.contains(source), let stored = merged[field] else { return nil }
      guard let value = Drift.value(of: stored, as: field.form) else {
        return "\(field.name) must be \(field.form.words), not \(stored.kindWords)"
      }
      let isDeclared = declared.contains { $0.field == field }
      if value == .integer(0), !isDeclared { return nil }
      return field.fault(value).map { "\(field.name) \($0)" }
    }
  }

  /// The members whose values the server's decoder refuses by their types, and the whole config with them: Go
  /// reads neither text nor `8080.0` into an `int`, and nothing but text into a `string`.
  package static func mistyped(in live: LiveConfig, source: SourceKind) -> [String] {
    live.json.members.compactMap { member in
      guard let form = form(of: member, source), !member.value.isStorable(as: form) else {
        return nil
      }
      return "\(member.name.shownSafely) must be \(form.words), not \(member.value.kindWords)"
    }
  }

  /// What a member must be, where that is known and its value could be something else.
  private static func form(of member: JSONText.Member, _ source: SourceKind) -> SpecField.Form? {
    if let field = SpecFieldTable.named(member.name) {
      return field.honouredBy.contains(source) ? field.form : nil
    }
    // Coordinates are texts, as nearly all members are: whether a text is one makes no difference.
    return member.value.isStorable(as: .text) || !LiveConfig.isCoordinate(member.name) ? nil : .text
  }

  /// What keeps `changes` from being merged: a live value of a type that Tinyforge does not store.
  ///
  /// Overwriting it would guess at a form of `source_config` that this toolkit does not know.
  package static func misfits(_ changes: [DriftEntry]) -> [String] {
    changes.compactMap { change in
      guard let live = change.live else { return nil }
      switch (change.field.form, live) {
      case (.integer, .number), (.text, .string): return nil
      default:
        return "the live \(change.field.name) is \(live.kindWords); Tinyforge stores "
          + "\(change.field.form.words) there, so this config is not of a form known here"
      }
    }
  }
}

extension SpecField.Form {
  fileprivate var words: String {
    switch self {
    case .integer: "a whole number"
    case .text: "text"
    }
  }
}

extension JSONValue {
  /// Whether Go's decoder takes the value for a field of that form; null leaves the field as it is.
  fileprivate func isStorable(as form: SpecField.Form) -> Bool {
    switch (form, self) {
    case (_, .null), (.text, .string): true
    case (.integer, .number(let text)): Int64(text) != nil
    default: false
    }
  }

  fileprivate var kindWords: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number(let text): text
    case .string(let text): "the text " + JSONWriter.compact(.string(text).withoutCredentials)
    case .array: "a list"
    case .object: "an object"
    }
  }
}
