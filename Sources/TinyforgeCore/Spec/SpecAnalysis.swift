import ServerYAML

/// A spec as decoded, with what rules need to know of the way there.
struct SpecAnalysis {
  var spec: DecodedSpec
  /// Nil where the text could not be read.
  var document: YAMLDocument?
  var facts = SpecFacts()
}
