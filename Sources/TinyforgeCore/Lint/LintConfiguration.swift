import ServerYAML

/// What a repository's own `.tinyforge-lint.yml` sets for `lint-spec`.
package struct LintConfiguration: Sendable {
  /// The file's name, at the root of the repository.
  package static let fileName = ".tinyforge-lint.yml"

  /// Paths of specs beside the usual ones.
  package var paths: [PathPattern] = []
  /// Severities of advice by code; nil turns it off.
  package var severities: [String: Severity?] = [:]
  /// Whether warnings count as findings too.
  package var isStrict = false
  /// What the workloads are, by the paths of their specs; the first pattern that matches counts.
  package var sources: [(pattern: PathPattern, source: SourceKind)] = []

  /// Creates one with its defaults.
  package init() {}

  /// What the workload is whose spec has this path; nil where nothing is set.
  package func source(of path: String) -> SourceKind? {
    sources.first { $0.pattern.matches(path) }?.source
  }

  /// Reads a configuration; throws where anything in it is not understood.
  package init(_ bytes: [UInt8]) throws(Failure) {
    guard bytes.count <= SpecObstacle.sizeLimit else {
      throw Failure(.usage, "\(Self.fileName) is larger than 64 KiB", remedy: "shorten the file")
    }
    let text = SourceText(bytes)
    let document: YAMLDocument?
    do {
      document = try YAMLReader.read(bytes)
    } catch {
      let offset =
        error.mark?.index ?? error.byteOffset.map { SourceText.offset(ofByte: $0, in: bytes) }
      throw LintConfigurationReader.failure(error.sentence, at: offset ?? 0, in: text)
    }
    guard let document else { return }
    self = try LintConfigurationReader(document: document, text: text).read()
  }
}
