import ServerYAML

/// What the decoder noted while decoding: what rules check besides the values.
struct SpecFacts {
  /// A scalar that was taken as a value, null included.
  struct Use {
    var target: SpecDecoder.Target
    var node: Int
    var value: YAMLScalar
  }

  /// A merged key without effect, its name being set already.
  struct Hidden: Hashable {
    var key: Int
    var name: [UInt8]
    /// The mapping that merges.
    var mapping: Int
  }

  /// In the order of the decoding.
  var uses: [Use] = []
  /// Keys that are null, which the server passes over with their values.
  var nullKeys: [Int] = []
  var hidden: [Hidden] = []
}
