// Findings on what is at the spec's path, before it is read.

extension FindingCode {
  package static let notAFile = FindingCode(
    refusal: "not-a-file",
    "The spec's path is a symbolic link, folder, submodule or device.",
    explanation: """
      The spec has to be a regular file in the repository itself. A link is never followed: what it
      leads to may be outside the repository, and differs from one machine to the next.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let lfsPointer = FindingCode(
    refusal: "lfs-pointer", "The spec is stored with Git LFS; git holds only a pointer to it.",
    explanation: """
      The server reads the bytes that git holds, and those are the pointer's. Take the path out of
      LFS: remove its pattern from .gitattributes and add the file again.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let tooLarge = FindingCode(
    refusal: "too-large", "The file is over 64 KiB.",
    explanation: """
      The server reads no spec of more than 65,536 bytes. No spec needs them: the file is probably
      another one.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let unmerged = FindingCode(
    refusal: "unmerged", "The index holds two sides of a merge for the spec.",
    explanation: """
      As long as the conflict is unresolved there is nothing that the next commit would hold. Resolve it,
      then `git add` the file.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let intentToAdd = FindingCode(
    refusal: "intent-to-add", "The spec is marked with `git add -N`, and has no staged content.",
    severity: .warning,
    explanation: """
      The next commit would not hold the file. `git add` it to stage its content.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let noSpec = FindingCode(
    refusal: "no-spec", "There is no spec where one was asked for.",
    explanation: """
      With `--rev` or `--require` an absent file is a finding. Elsewhere it means that the
      repository leaves all fields unmanaged.
      """,
    bad: "", good: "version: 1\ndeploy:\n  port: 8080\n")

  /// The finding that an obstacle is.
  package static func of(_ obstacle: SpecObstacle) -> FindingCode {
    switch obstacle {
    case .symbolicLink, .directory, .submodule, .specialFile: .notAFile
    case .lfsPointer: .lfsPointer
    case .tooLarge: .tooLarge
    case .mergeConflict: .unmerged
    case .intentToAdd: .intentToAdd
    }
  }
}

extension Finding {
  /// What to tell of an obstacle at `path`.
  package static func obstacle(_ obstacle: SpecObstacle) -> Finding {
    Finding(.of(obstacle), obstacle.message, at: nil, help: obstacle.help)
  }
}

extension SpecObstacle {
  /// What is at the path, as a sentence without a full stop.
  package var message: String {
    switch self {
    case .symbolicLink: "the spec's path is a symbolic link; it is never followed"
    case .directory: "the spec's path is a folder"
    case .submodule: "the spec's path leads into a submodule; its content is not in this repository"
    case .specialFile: "the spec's path is a device, FIFO or socket; it is never opened"
    case .lfsPointer: "the spec is a Git LFS pointer; git does not hold its content"
    case .tooLarge(let size?):
      "the file is \(size) bytes long; the server reads at most \(Self.sizeLimit)"
    case .tooLarge(nil): "the file is longer than the \(Self.sizeLimit) bytes that the server reads"
    case .mergeConflict: "the index holds two sides of a merge for the spec"
    case .intentToAdd: "the spec is marked as to be added, but no content is staged"
    }
  }

  /// What to do about it.
  package var help: String {
    switch self {
    case .symbolicLink: "put a regular file in its place"
    case .directory, .submodule: "put a regular file at this path, or name another"
    case .specialFile:
      "put a regular file at this path, or pipe the spec in: COMMAND | lint-spec -"
    case .lfsPointer: "take the path out of .gitattributes and add the file again"
    case .tooLarge: "check that the path names the spec and not another file"
    case .mergeConflict: "resolve the conflict, then `git add` the file"
    case .intentToAdd: "`git add` the file to stage its content"
    }
  }
}
