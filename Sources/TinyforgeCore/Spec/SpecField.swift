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
  /// The value that an absent key of the live config means; nil if it means none.
  package let absentMeans: FieldValue?
  /// Which of several spellings of one value is meant.
  package let normalize: @Sendable (FieldValue) -> FieldValue
  /// What is wrong with a value, in words after the field's name; nil when nothing is.
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

  init(
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
