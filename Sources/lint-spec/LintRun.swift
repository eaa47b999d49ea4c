import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// From input to report.
struct LintRun: Sendable {
  var isFixing = false
  /// Whether reports name files by their paths from the root of their repository.
  var namesFilesFromRoot = false

  /// Fewer inputs than this are checked before a second processor has begun.
  private static let portion = 64
  /// So many inputs of a repository are held in memory at a time.
  private static let batch = 256

  /// What `make` makes of the reports in the order of the inputs, which all processors share where
  /// there are many; after a signal no further input is read.
  func check<Part: Sendable>(_ inputs: [LintInput], _ make: @Sendable ([LintReport]) -> Part)
    -> [Part]
  {
    if !isFixing, inputs.allSatisfy({ $0.file != nil && $0.readAnywhere != nil }) {
      return inputs.compactMap(File.init).mapPortions(of: Self.portion) {
        make($0.compactMap { checkUnlessEnded($0.input) })
      }
    }
    // What is made of a batch holds less than its reports, which hold the bytes of the specs.
    return stride(from: 0, to: inputs.count, by: Self.batch).flatMap { start in
      let batch = inputs[start..<min(start + Self.batch, inputs.count)]
      // A file that is named twice must not be rewritten twice at once.
      if isFixing { return [make(batch.compactMap(checkUnlessEnded))] }
      // A repository is read by this thread alone.
      let readable = batch.lazy.filter { _ in !Interruption.isRequested }.map(File.init(reading:))
      return Array(readable).mapPortions(of: Self.portion) {
        make($0.compactMap { checkUnlessEnded($0.input) })
      }
    }
  }

  /// An input that any thread can read.
  private struct File: Sendable {
    var path: FilePath
    var file: FilePath?
    var references: [String] = []
    var settings: LintSettings
    var read: @Sendable () throws(Failure) -> SpecSnapshot.Content

    init?(_ input: LintInput) {
      guard let file = input.file, let read = input.readAnywhere else { return nil }
      (path, self.file, self.read) = (input.path, file, read)
      references = input.references
      settings = input.settings
    }

    /// An input that is read now.
    init(reading input: LintInput) {
      let content = Result { () throws(Failure) in try input.read() }
      (path, file, settings) = (input.path, input.file, input.settings)
      references = input.references
      read = { () throws(Failure) in try content.get() }
    }

    var input: LintInput {
      var input = LintInput(path: path, settings, read: read)
      (input.file, input.references) = (file, references)
      return input
    }
  }

  /// Nil where a signal ended the run before.
  private func checkUnlessEnded(_ input: LintInput) -> LintReport? {
    guard !Interruption.isRequested else { return nil }
    let report = check(input)
    return report.failure?.code == .interrupted ? nil : report
  }

  /// The entry for the inputs that were not read, in formats without a field for it.
  func missed(_ inputs: [LintInput], _ failure: Failure) -> LintReport {
    let input =
      inputs.last ?? LintInput(path: ".", LintSettings()) { () throws(Failure) in .absent("") }
    var report = LintReport(
      path: input.path.shown.withoutUserinfo, verdict: .error, decoded: Self.nothing,
      failure: failure)
    name(&report, input)
    return report
  }

  func check(_ input: LintInput) -> LintReport {
    var report = LintReport(
      path: input.path.shown.withoutUserinfo, references: input.references, verdict: .error,
      decoded: Self.nothing)
    report.isStrict = input.settings.isStrict
    do {
      var content = try input.read()
      if isFixing, case .file(let bytes) = content, let file = input.file {
        content = .file(try fix(bytes, file, input.settings, &report))
      }
      judge(content, input.settings, &report)
    } catch {
      report.failure = error
    }
    name(&report, input)
    return report
  }

  /// Gives the report the path from the root of the repository, wherever the tool was started; a file outside of any
  /// keeps its name.
  private func name(_ report: inout LintReport, _ input: LintInput) {
    var path = input.path
    if namesFilesFromRoot, let file = input.file, let name = file.lastComponent,
      let folder = WorkTreeFile.pathFromRoot(ofFolder: file.folder)
    {
      path = folder.appending(name)
      report.path = path.shown
    }
    if !path.isText { report.pathBytes = path.pathBytes }
  }

  /// Rewrites the file where something in it has one meaning; returns what it holds then.
  private func fix(
    _ bytes: [UInt8], _ file: FilePath, _ settings: LintSettings, _ report: inout LintReport
  ) throws(Failure) -> [UInt8] {
    let outcome = SpecFix.apply(to: bytes, path: report.path, settings: settings.lint)
    guard !outcome.fixed.isEmpty else { return bytes }
    do {
      try Interruption.whileHeld { () throws(Failure) in
        try WorkTreeFile.rewrite(file, from: bytes, to: outcome.bytes)
      }
    } catch {
      judge(.file(bytes), settings, &report)
      throw error
    }
    report.fixed = outcome.fixed
    return outcome.bytes
  }

  private func judge(
    _ content: SpecSnapshot.Content, _ settings: LintSettings, _ report: inout LintReport
  ) {
    switch content {
    case .file(let bytes):
      let path = report.path == "-" ? nil : report.path
      let linted = SpecLint.check(bytes, path: path, settings: settings.lint)
      report.verdict = linted.decoded.isValid ? .ok : .invalid
      report.decoded = linted.decoded
      // Only findings point into the text; ten thousand good specs are not kept.
      report.text = linted.decoded.findings.isEmpty ? .empty : linted.text
    case .absent(let message):
      report.verdict = .noFile
      report.decoded = Self.withFinding(Finding(.noSpec, message, at: nil))
    case .refused(let obstacle):
      report.verdict = .invalid
      report.decoded = Self.withFinding(.obstacle(obstacle))
    }
  }

  private static let nothing = DecodedSpec(decodes: false, version: 0, declared: [], findings: [])

  private static func withFinding(_ finding: Finding) -> DecodedSpec {
    DecodedSpec(decodes: false, version: 0, declared: [], findings: [finding])
  }
}

extension FilePath {
  /// The folder that holds the file; `.` for a name alone.
  var folder: FilePath {
    let folder = removingLastComponent()
    return folder.isEmpty ? "." : folder
  }
}
