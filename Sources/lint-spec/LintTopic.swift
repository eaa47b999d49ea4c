import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport

/// Questions that need no spec: one finding's manual, the list of codes, the schema.
struct LintTopic: ParsableArguments {
  @Option(
    help: ArgumentHelp("Explain a finding, with a bad and a good example.", valueName: "code"),
    completion: LintCompletion.codes)
  var explain: String?

  @Flag(help: "List all findings, as text or JSON.")
  var listCodes = false

  @Flag(help: "Print the JSON Schema of the spec, for editors.")
  var printSchema = false

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    explain = line.value("--explain")
    listCodes = line.flag("--list-codes")
    printSchema = line.flag("--print-schema")
  }

  /// The answer to the question that was asked; nil if none was.
  ///
  /// The list of findings is also JSON.
  func answer(style: TextStyle, _ format: LintFormat?) throws(Failure) -> String? {
    if let explain { return try manual(of: explain, style: style) }
    if listCodes {
      return format == .json ? FindingListJSON.render(of: .built) : ManualText.list(style: style)
    }
    if printSchema { return JSONWriter.indented(SpecSchema.document) + "\n" }
    return nil
  }

  /// The form of the answer.
  func form(_ format: LintFormat?) -> CommandGuard.Form {
    guard explain == nil else { return .text }
    return listCodes ? (format == .json ? .json : .text) : .json
  }

  private func manual(of id: String, style: TextStyle) throws(Failure) -> String {
    ManualText.page(try FindingCode.called(id), style: style)
  }
}
