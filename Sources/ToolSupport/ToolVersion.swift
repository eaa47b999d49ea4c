internal import BuildFacts
package import Reporting
internal import TinyforgeCore

extension Toolkit {
  /// The toolkit as it was built.
  package static var built: Toolkit {
    Toolkit(
      version: ToolkitVersion.current, project: String(cString: tinyforge_project_url()),
      documentation: String(cString: tinyforge_documentation_url()))
  }
}

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
