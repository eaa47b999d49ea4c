/// A declared or live value of a field.
package enum FieldValue: Sendable, Equatable {
  case integer(Int64)
  case text(String)

  /// Equal to the byte: Swift's own equality of strings folds equivalent spellings.
  package static func == (left: FieldValue, right: FieldValue) -> Bool {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): a == b
    case (.text(let a), .text(let b)): a.hasSameBytes(as: b)
    default: false
    }
  }

  /// The value in JSON.
  package var json: JSONValue {
    switch self {
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }
}
