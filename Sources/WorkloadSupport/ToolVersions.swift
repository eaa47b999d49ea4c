import GitSpecs
import ToolSupport
import WorkloadStore

/// What `--version` says of a tool that opens databases.
package enum ToolVersions {
  /// What `--version` prints.
  package static func line(_ tool: String) -> String {
    // Asked for at every start; but finding out which libgit2 is here loads it.
    let isAsked = StartedWith.words.contains("--version")
    let libgit2 = isAsked ? LibGit2.version : LibGit2.builtVersion
    return ToolVersion.line(tool, with: ["libgit2 \(libgit2)", "SQLite \(SQLiteLibrary.version)"])
  }
}
