import GitSpecs
import ToolSupport
import WorkloadStore

/// What `--version` says of a tool that opens databases.
package enum ToolVersions {
  /// What `--version` prints, with the libgit2 that the tool was built with: finding out which one is here would load
  /// it, at every start.
  package static func line(_ tool: String) -> String {
    ToolVersion.line(
      tool, with: ["libgit2 \(LibGit2.builtVersion)"] + StoreEngines.versions)
  }
}
