/// What a push brings to a repository, and what that had before.
package struct PushedCommits {
  /// The commits that no reference led to before; nil where they were not counted.
  var new: Set<String>?
  /// The trees of their parents that were there.
  var base = BaseFolder([])
}
