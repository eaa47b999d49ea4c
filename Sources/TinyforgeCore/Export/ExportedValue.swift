/// What a spec may say of a field whose value is live.
enum ExportedValue {
  /// The value to write.
  case value(FieldValue)
  /// Why a spec cannot say it, in words after the field's name.
  case unwritable(String)
  /// The live config says nothing of it.
  case absent

  /// Reads the live value of a field.
  init(of field: SpecField, in live: LiveConfig) {
    guard let stored = live[field] else {
      self = .absent
      return
    }
    guard let value = Drift.value(of: stored, as: field.form) else {
      self = .unwritable(
        field.form == .integer
          ? "is not a whole number in the live config" : "is not text in the live config")
      return
    }
    if case .text(let text) = value, !text.withoutCredentials.hasSameBytes(as: text) {
      self = .unwritable("looks like a credential in the live config, which no spec may hold")
    } else if let fault = field.fault(value) {
      self = .unwritable("\(fault) in the live config")
    } else {
      self = .value(value)
    }
  }
}
