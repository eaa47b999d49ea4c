internal import BuildCommit
internal import TinyforgeCore

/// What `--version` prints: the tool, the toolkit's version, the commit of the build and the libraries.
package enum ToolVersion {
  /// The line for a tool, such as `plan 0.1.0 (commit 1064d81a2cfc, libgit2 1.5.1)`; a build that does not know
  /// its commit leaves it out.
  package static func line(_ tool: String, with libraries: [String]) -> String {
    let commit = String(cString: tinyforge_build_commit())
    let parts = (commit.isEmpty ? [] : ["commit \(commit)"]) + libraries
    return "\(tool) \(ToolkitVersion.current) (\(parts.joined(separator: ", ")))"
  }
}
