/// The JSON Schema (draft-07) of a spec, made from the field table.
package enum SpecSchema {
  /// The JSON Schema.
  package static let document: JSONValue = [
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "https://tinyforge.example/schemas/tinyforge.v1.json",
    "title": "Tinyforge spec (.tinyforge.yml)",
    "description": "The part of a workload's deploy config that lives in its repository.",
    "type": "object",
    "additionalProperties": false,
    "required": ["version"],
    "properties": [
      "version": [
        "description": "The version of the format: 1.", "type": "number", "minimum": 1,
        "exclusiveMaximum": 2, "default": 1,
      ],
      "deploy": deploy,
    ],
  ]

  private static let deploy: JSONValue = [
    "description": "The fields that this repository manages; what is left out stays unmanaged.",
    "type": ["object", "null"],
    "additionalProperties": false,
    "properties": .object(SpecFieldTable.all.map { .init($0.name, property($0)) }),
  ]

  /// Null counts as left out, in every field.
  private static func property(_ field: SpecField) -> JSONValue {
    let sources = field.honouredBy.map(\.rawValue).joined(separator: ", ")
    return [
      "description": .string("\(field.documentation) Honoured by: \(sources)."),
      "anyOf": [field.schema, ["type": "null"]],
    ]
  }
}
