/// What a spec may say of a field whose value is live.
enum ExportedValue {
  /// The value to write.
  case value(FieldValue)
  /// Why a spec cannot say it, in a sentence.
  case unwritable(String)
  /// The live config says nothing of it.
  case absent

  /// Reads the live value of a field; one that is `withheld` looked like a credential.
  init(of field: SpecField, in live: LiveConfig, withheld: [String]) {
    guard !field.isAmong(withheld) else {
      self = Self.credential(field)
      return
    }
    guard let stored = live[field] else {
      self = .absent
      return
    }
    guard let value = Drift.value(of: stored, as: field.form) else {
      self = .unwritable(
        "\(field.name) is not \(field.form == .integer ? "a whole number" : "text")")
      return
    }
    if case .text(let text) = value, !text.withoutCredentials.hasSameBytes(as: text) {
      self = Self.credential(field)
    } else if let fault = field.fault(value) {
      self = .unwritable("\(field.name) \(fault)")
    } else {
      self = .value(value)
    }
  }

  private static func credential(_ field: SpecField) -> ExportedValue {
    .unwritable("\(field.name) looks like a credential, which no spec may hold")
  }
}
