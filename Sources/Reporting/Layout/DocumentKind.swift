/// What a file of this toolkit is, by the schema that it names.
package enum DocumentKind {
  /// What it is in words, and what reads it; nil for a schema that is not known.
  package static func words(ofSchema schema: String) -> String? {
    let name = String(schema.unicodeScalars.prefix { $0 != "/" })
    return switch name {
    case "tinyforge.snapshot": "a snapshot of live values, which drift and plan read with --live"
    case "tinyforge.plan-file": "a saved plan, which apply takes"
    case "tinyforge.drift": "a report of drift, which drift merge joins with others"
    case "tinyforge.plan": "the report of plan --format json, which no tool reads"
    case "tinyforge.apply": "the report of apply --format json, which no tool reads"
    case "tinyforge.lint": "the report of lint-spec --format json, which no tool reads"
    default: nil
    }
  }
}
