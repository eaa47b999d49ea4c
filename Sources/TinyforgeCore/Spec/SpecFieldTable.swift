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
