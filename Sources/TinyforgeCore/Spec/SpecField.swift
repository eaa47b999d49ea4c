/// A workload source that GitOps v1 serves.
package enum SourceKind: String, Sendable, CaseIterable {
  case dockerfile
  case staticSite = "static"
}

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

  /// The value as it stands in JSON.
  package var json: JSONValue {
    switch self {
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }
}

/// One field of the spec's `deploy` section: the row of the table that everything else reads.
///
/// There is one of each; whatever names a field holds that one, and is copied by a pointer.
package final class SpecField: Sendable, Equatable {
  /// What a field holds.
  package enum Form: String, Sendable { case integer, text }

  /// The key in the spec, and in `source_config`.
  package let name: String
  /// The form of its values.
  package let form: Form
  /// The sources that act on it; the others ignore it.
  package let honouredBy: [SourceKind]
  /// The whole set of values, where there is one.
  package let allowed: [String]?
  /// The value that an absent key stands for in the live config, where that is the same thing.
  package let absentMeans: FieldValue?
  /// Which of several spellings of one value is meant.
  package let normalize: @Sendable (FieldValue) -> FieldValue
  /// What is wrong with a value, in words behind the field's name; nil when nothing is.
  package let fault: @Sendable (FieldValue) -> String?
  /// Which finding a faulty value is.
  package let faultCode: FindingCode
  /// What to write in a faulty value's place.
  package let advice: String
  /// One line for people.
  package let documentation: String
  /// The JSON Schema of the value, besides its description.
  package let schema: JSONValue

  /// Whether two are the same field.
  package static func == (left: SpecField, right: SpecField) -> Bool {
    left === right || left.name == right.name
  }

  fileprivate init(
    name: String, form: Form, honouredBy: [SourceKind], allowed: [String]?,
    absentMeans: FieldValue?, normalize: @escaping @Sendable (FieldValue) -> FieldValue,
    fault: @escaping @Sendable (FieldValue) -> String?, faultCode: FindingCode, advice: String,
    documentation: String, schema: JSONValue
  ) {
    (self.name, self.form, self.honouredBy) = (name, form, honouredBy)
    (self.allowed, self.absentMeans, self.normalize) = (allowed, absentMeans, normalize)
    (self.fault, self.faultCode, self.advice) = (fault, faultCode, advice)
    (self.documentation, self.schema) = (documentation, schema)
  }
}

/// The one table of fields.
package enum SpecFieldTable {
  /// All fields, in the order of reports.
  package static let all: [SpecField] = [port, healthcheck, deployStrategy]

  /// The field of that key.
  package static func named(_ name: String) -> SpecField? {
    all.first { $0.name.hasSameBytes(as: name) }
  }

  /// The port that the container listens on.
  package static let port = SpecField(
    name: "port", form: .integer, honouredBy: [.dockerfile], allowed: nil, absentMeans: nil,
    normalize: { $0 },
    fault: { value in
      guard case .integer(let number) = value, !(1...65_535).contains(number) else { return nil }
      return "must be between 1 and 65535, not \(number)"
    },
    faultCode: .portRange, advice: "write the container's own port, such as `8080`",
    documentation: "The port that the container listens on, 1 to 65535.",
    // The server drops a fraction, so an editor must not refuse one: `truncated-number` advises.
    schema: ["type": "number", "minimum": 1, "exclusiveMaximum": 65_536])

  /// The path that the health probe asks for.
  package static let healthcheck = SpecField(
    name: "healthcheck", form: .text, honouredBy: [.dockerfile], allowed: nil,
    absentMeans: .text(""), normalize: { $0 }, fault: healthcheckFault,
    faultCode: .healthcheckForm,
    advice: "write a path such as `/healthz`, or `\"\"` to turn the probe off",
    documentation: "The path that the health probe asks for; \"\" turns the probe off.",
    // To some engines `$` is before a last line break too.
    schema: [
      "type": "string", "pattern": .string(healthcheckPattern), "not": ["pattern": #"\n"#],
    ])

  /// What `healthcheckFault` takes, without `\s`, which is another set in each engine.
  private static let healthcheckPattern =
    #"^(/[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffd]*)?$"#

  /// How a new version takes over from the old one.
  package static let deployStrategy = SpecField(
    name: "deploy_strategy", form: .text, honouredBy: [.dockerfile, .staticSite],
    allowed: ["recreate", "blue-green", ""], absentMeans: .text(""),
    // Known of the server: "" and recreate are one strategy, for both sources.
    normalize: { $0 == .text("recreate") ? .text("") : $0 },
    fault: { value in
      guard case .text(let name) = value, !["", "recreate", "blue-green"].contains(name)
      else { return nil }
      return "must be recreate, blue-green or \"\", not \"\(name.shownSafely)\""
    },
    faultCode: .unknownStrategy, advice: "write one of: recreate, blue-green",
    documentation:
      "How a new version takes over: recreate (the default, also \"\") stops the old one first; "
      + "blue-green starts the new one beside it.",
    schema: ["type": "string", "enum": ["recreate", "blue-green", ""]])

  private static func healthcheckFault(_ value: FieldValue) -> String? {
    guard case .text(let path) = value, !path.isEmpty else { return nil }
    guard path.utf8.first == UInt8(ascii: "/") else {
      return "must be empty or a path that starts with /, not \"\(path.shownSafely)\""
    }
    let isOdd = path.unicodeScalars.contains { scalar in
      // The Unicode tables tell the same of ASCII, more slowly.
      if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7F }
      return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar == "\u{FFFD}"
    }
    return isOdd ? "must not hold spaces or control characters: \"\(path.shownSafely)\"" : nil
  }
}
