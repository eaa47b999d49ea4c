import FoundationEssentials
package import Testing

/// A case as data: an input file, and beside it the expected output.
package struct GoldenCase: Sendable, CustomTestStringConvertible {
  package let name: String
  package let input: String
  private let expectedPath: String

  package var testDescription: String { name }

  /// The cases of the folder `Cases` beside the calling file: each `*.inputSuffix` is one.
  package static func all(inputSuffix: String, expectedSuffix: String, beside file: String)
    -> [GoldenCase]
  {
    let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Cases").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(inputSuffix) }.sorted().map { name in
      let stem = String(name.dropLast(inputSuffix.count))
      return GoldenCase(
        name: stem, input: "\(folder)/\(name)", expectedPath: "\(folder)/\(stem)\(expectedSuffix)")
    }
  }

  /// Compares with the expected file.
  ///
  /// With `TINYFORGE_RECORD` set the file is written instead, and the test fails all the same, so
  /// that no run that records can pass.
  package func expect(_ actual: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectFile(expectedPath, toHold: actual, sourceLocation: sourceLocation)
  }
}

/// Compares a file of the project with what it must hold; `TINYFORGE_RECORD` writes it, as above.
package func expectFile(
  _ path: String, toHold actual: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["TINYFORGE_RECORD"] != nil {
    try actual.write(toFile: path, atomically: true, encoding: .utf8)
    Issue.record("recorded \(path)", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: (try? readFile(path)) ?? [], as: UTF8.self)
  #expect(actual == expected, "\(path)", sourceLocation: sourceLocation)
}
