/// What the walk keeps of a commit.
struct PastCommit {
  var parents: [String]
  /// The root tree.
  var tree: String
}
