internal import SystemPackage
internal import TinyforgeCore

extension IndexFile {
  /// What is said of an index, or of what leads to it, that cannot be opened.
  static func failure(_ error: Errno, _ file: FilePath) -> Failure {
    guard error == .permissionDenied else {
      return Failure(
        .io, "cannot read the index \(file.shownSafely): \(error)",
        remedy: "ls -l \(shellWord(file))")
    }
    return Failure(
      .denied, "cannot read \(file.shownSafely): permission denied",
      remedy: RepositoryOwner.runAsOwner(of: file))
  }
}

extension IndexFile.Fault {
  /// What is said of an index of the work tree in `folder` that cannot be read.
  func failure(of file: FilePath, in folder: String) -> Failure {
    let shown = "cannot read the index \(file.shownSafely)"
    let git: Remedy = "git -C \(shellWord(folder))"
    let anew: Remedy = "rm \(shellWord(file)) && \(git) reset"
    switch self {
    case .neededExtension(let name):
      return Failure(
        .repository, "\(shown): it needs the extension \(name.shownSafely), which is not known",
        remedy: anew)
    case .version(let version):
      return Failure(
        .repository, "\(shown): its version is \(version), which is not known", remedy: anew)
    case .sharedIndex(let name):
      return Failure(
        .repository,
        "\(shown): it is split, and its file \(name.shownSafely) is missing or damaged",
        remedy: anew)
    case .damaged:
      return Failure(.repository, "\(shown): it is damaged", remedy: anew)
    }
  }
}
