import ArgumentParser
import Reporting
import TinyforgeCore

/// Questions that need no spec: one finding's manual, the list of codes, the schema.
struct LintTopic: ParsableArguments {
  @Option(help: "Explain a finding, with a bad and a good example.")
  var explain: String?

  @Flag(help: "List all findings.")
  var listCodes = false

  @Flag(help: "Print the JSON Schema of the spec, for editors.")
  var printSchema = false

  /// The answer to the question that was asked; nil where none was.
  func answer(style: TextStyle) throws(Failure) -> String? {
    if let explain { return try manual(of: explain, style: style) }
    if listCodes { return ManualText.list(style: style) }
    if printSchema { return JSONWriter.indented(SpecSchema.document) + "\n" }
    return nil
  }

  /// The form of the answer.
  var form: CommandGuard.Form { printSchema && explain == nil && !listCodes ? .json : .text }

  private func manual(of id: String, style: TextStyle) throws(Failure) -> String {
    ManualText.page(try FindingCode.called(id), style: style)
  }
}
