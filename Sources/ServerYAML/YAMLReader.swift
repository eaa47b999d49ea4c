/// Reads YAML as the server does: gopkg.in/yaml.v3 v3.0.1, `NewDecoder`, one `Decode`.
package enum YAMLReader {
  /// Reads the first document, and nothing beyond what the server's decoder would look at.
  ///
  /// Returns nil where there is none: only white space and comments (`io.EOF` in Go).
  package static func read(_ bytes: [UInt8]) throws(YAMLError) -> YAMLDocument? {
    var composer = YAMLComposer(bytes)
    return try composer.compose()
  }
}
