package import ArgumentParser
import GitSpecs
import ToolSupport

/// What a shell offers for a revision.
package enum RevisionCompletion {
  /// The branches and tags of the repository that `--repo` names, or of the one around the working directory.
  package static let kind = CompletionKind.custom { words, _, _ in
    GitRepository.revisionNames(at: CompletedLine(words).value(of: "--repo"))
  }
}
