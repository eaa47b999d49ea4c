import GitSpecs
import TinyforgeCore

/// Specs of one repository: where they stand, and the names that they may have.
struct RepositorySpecs {
  var inputs: [LintInput]
  var patterns: [PathPattern]

  /// What to check where no file was named.
  static func find(_ place: LintPlace, _ note: @escaping (String) -> Void) throws(Failure)
    -> RepositorySpecs
  {
    if place.receive { return try PushedSpecs.find(place, note) }
    guard place.readsRepository else { return try inWorkTree(place) }
    let repository = try place.openRepository()
    let patterns = try place.patterns(repository)
    let inputs = try expanded(patterns, place) { (wanted) throws(Failure) in
      place.staged
        ? try repository.indexPaths(where: wanted)
        : try repository.paths(revision: place.rev, where: wanted)
    } input: { path in
      LintInput(path: path) { () throws(Failure) in
        place.staged
          ? try repository.readIndex(path: path).content
          : try repository.read(revision: place.rev, path: path).content
      }
    }
    return RepositorySpecs(inputs: inputs, patterns: patterns)
  }

  private static func inWorkTree(_ place: LintPlace) throws(Failure) -> RepositorySpecs {
    let start = if let repo = place.repo { repo } else { try LintPlace.workingFolder }
    guard let root = WorkTreeFile.repositoryRoot(above: start) else {
      throw Failure(
        .notFound, "\(start.shownSafely) is not in a git work tree",
        remedy: "name a file, or name the repository with --repo (a bare one needs --rev)")
    }
    var patterns = place.explicitPatterns
    if place.path.isEmpty, WorkTreeFile.mayHaveSetting("tinyforge", root: root) {
      patterns = try place.patterns(try GitRepository.open(root))
    }
    let inputs = try expanded(patterns, place) { (wanted) throws(Failure) in
      let found = SpecSearch.files(under: root) { wanted(String($0.dropFirst())) }
      if let fault = found.failures.first { throw fault.failure }
      return found.files.map { String($0.path.dropFirst(root.count).drop { $0 == "/" }) }
    } input: { path in
      let file = "\(root)/\(path)"
      return LintInput(path: path, file: file) { () throws(Failure) in
        guard WorkTreeFile.link(onTheWayTo: file) == nil else { return .refused(.symbolicLink) }
        return try WorkTreeFile.read(path: file)
      }
    }
    return RepositorySpecs(inputs: inputs, patterns: patterns)
  }

  /// The inputs that the patterns stand for, each path once.
  ///
  /// A path that is not there is nothing to check, unless one is required or `--rev` names it; a
  /// file beside it that is nearly called so is checked in its place.
  static func expanded(
    _ patterns: [PathPattern], _ place: LintPlace,
    list: (@escaping @Sendable (String) -> Bool) throws(Failure) -> [String],
    input: (String) -> LintInput
  ) throws(Failure) -> [LintInput] {
    var inputs: [LintInput] = []
    var known: Set<String> = []
    for pattern in patterns {
      var paths = pattern.isLiteral ? [pattern.text] : try list(pattern.matches)
      if pattern.isLiteral, case .absent = try input(pattern.text).read() {
        paths = try list { isNearMiss($0, of: pattern.text) }
        if paths.isEmpty, place.require || place.rev != nil { paths = [pattern.text] }
      }
      if paths.isEmpty, !pattern.isLiteral, place.require {
        inputs.append(
          LintInput(path: pattern.text) { () throws(Failure) in
            .absent("there is no spec at \(pattern.text.shownSafely)")
          })
      }
      inputs += paths.filter { known.insert($0).inserted }.map(input)
    }
    return inputs
  }

  /// Whether a path stands in the folder of another, under nearly its name.
  private static func isNearMiss(_ path: String, of usual: String) -> Bool {
    let (segments, usualSegments) = (
      path.splitAtScalar("/", omittingEmpty: true), usual.splitAtScalar("/", omittingEmpty: true)
    )
    guard let name = segments.last, let usualName = usualSegments.last,
      segments.dropLast() == usualSegments.dropLast()
    else { return false }
    return SpecName.nearMiss(String(name), of: [String(usualName)]) != nil
  }
}
