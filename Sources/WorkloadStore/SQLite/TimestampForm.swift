import TinyforgeCore

/// The form in which a column holds points in time: storage class and layout.
enum TimestampForm: Equatable {
  /// A date, followed by a clock in nearly all forms, in a TEXT or BLOB.
  case text(TimestampLayout, isBlob: Bool)
  /// A count since 1970, as a number or as its digits.
  case count(TimestampUnit, Storage)

  /// How a count is stored.
  enum Storage: Equatable { case integer, real, text, blob }

  /// Nil for a form that is not known here.
  init?(of value: SQLiteStatement.Value) {
    switch value {
    case .null: return nil
    case .integer(let number): self.init(count: Double(number), .integer)
    case .real(let number): self.init(count: number, .real)
    case .text(let bytes): self.init(bytes, isBlob: false)
    case .blob(let bytes): self.init(bytes, isBlob: true)
    }
  }

  private init?(_ bytes: [UInt8], isBlob: Bool) {
    // Longer than any form: not worth a look.
    guard bytes.count <= 128, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    if let layout = TimestampLayout(of: text) {
      self = .text(layout, isBlob: isBlob)
    } else if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Double(text) {
      self.init(count: number, isBlob ? .blob : .text)
    } else {
      return nil
    }
  }

  private init?(count: Double, _ storage: Storage) {
    guard let unit = TimestampUnit(of: count), unit != .julianDays || storage == .real else {
      return nil
    }
    self = .count(unit, storage)
  }

  /// `time` (RFC 3339 in UTC with `Z`) in this form.
  func write(_ time: String) -> SQLiteStatement.Value? {
    guard let seconds = UTCTime.seconds(ofRFC3339: time) else { return nil }
    switch self {
    case .text(let layout, let isBlob):
      let bytes = Array(layout.write(seconds).utf8)
      return isBlob ? .blob(bytes) : .text(bytes)
    case .count(let unit, .real): return .real(unit.count(of: seconds))
    case .count(let unit, let storage):
      let count = seconds * unit.perSecond
      switch storage {
      case .integer, .real: return .integer(count)
      case .text: return .string("\(count)")
      case .blob: return .blob(Array("\(count)".utf8))
      }
    }
  }

  /// The point in time that a column holds, RFC 3339 in UTC with whole seconds.
  ///
  /// Nil for a form that is not known here. Text without a zone is UTC, as SQLite writes it.
  static func rfc3339(of value: SQLiteStatement.Value) -> String? {
    switch (TimestampForm(of: value), value) {
    case (.count(let unit, _), .integer(let number)):
      return UTCTime.rfc3339(number / unit.perSecond)
    case (.count(let unit, _), .real(let number)):
      return UTCTime.rfc3339(Int64(unit.seconds(of: number).rounded(.down)))
    case (.count(let unit, _), _):
      return Int64(value.shownText).map { UTCTime.rfc3339($0 / unit.perSecond) }
    case (.text(let layout, _), _): return layout.seconds.map(UTCTime.rfc3339)
    case (nil, _): return nil
    }
  }
}
