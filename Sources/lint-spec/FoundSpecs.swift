import GitSpecs
import SystemPackage
import TinyforgeCore

/// Specs to check, and what was looked for.
struct FoundSpecs {
  var inputs: [LintInput]
  /// What was looked for, for a note where there is none.
  var wanted: String

  /// What to check where no file was named.
  static func find(
    _ place: LintPlace, _ rules: LintRules, _ note: @escaping (String) -> Void
  ) throws(Failure) -> FoundSpecs {
    if place.receive || place.push != nil { return try PushedSpecs.find(place, rules, note) }
    if place.staged { return try staged(place, rules) }
    if let revision = place.rev {
      do throws(Failure) {
        return try inRevision(revision, place, rules)
      } catch {
        throw withPathApart(error, revision)
      }
    }
    return try inWorkTree(place, rules)
  }

  /// Notes what git will commit other bytes of than those that were read.
  func tellConversions(_ note: (String) -> Void) {
    let converted = inputs.filter { $0.conversion != nil }
    for input in converted.prefix(Self.notes) {
      note(
        "note: \(input.path.shown.shownSafely): git commits other bytes than these "
          + "(\((input.conversion ?? "").shownSafely)); lint-spec --staged or --rev reads those")
    }
    let rest = converted.count - Self.notes
    if rest > 0 { note("note: the same of \(rest) more files") }
  }

  /// How many files are named one by one.
  private static let notes = 5

  // MARK: The index

  /// What the next commit changes.
  private static func staged(_ place: LintPlace, _ rules: LintRules) throws(Failure) -> FoundSpecs {
    let repository = try place.openRepository()
    let index = try repository.index()
    let policy = try place.policy(repository, rules) { (path) throws(Failure) in
      try index.read(path: path)
    }
    let changes = try index.changes(where: policy.paths.select)
    var inputs = changes.map { LintInput($0, repository, policy) }
    if place.require {
      let held = try index.entries(where: policy.paths.hold).map(\.path.string)
      inputs += absent(policy, place, besides: held)
    }
    return FoundSpecs(inputs: inputs.rootFirst, wanted: policy.paths.shown)
  }

  /// What is required and not there: each path that was named, or any spec.
  static func absent(_ policy: LintPolicy, _ place: LintPlace, besides held: [String])
    -> [LintInput]
  {
    let missing =
      place.path.isEmpty
      ? (held.isEmpty ? [FindingCode.usualName] : [])
      : place.explicitPatterns.filter { !held.contains(where: $0.matches) }.map(\.text)
    return missing.map { path in
      LintInput(path: FilePath(path), policy) { () throws(Failure) in
        .absent("there is no spec at \(path.shownSafely)")
      }
    }
  }

  // MARK: A commit

  /// The failure of a revision such as `main:.tinyforge.yml`, as git has them, with how it is written here.
  private static func withPathApart(_ failure: Failure, _ revision: String) -> Failure {
    let parts = revision.splitAtScalar(":", maxSplits: 1).map(String.init)
    guard failure.code == .usage || failure.code == .notFound, parts.count == 2,
      !parts[0].isEmpty, PathPattern.fault(parts[1]) == nil
    else { return failure }
    return Failure(
      failure.code, failure.message, remedy: "write --rev \(parts[0]) --path \(parts[1])")
  }

  private static func inRevision(
    _ revision: String, _ place: LintPlace, _ rules: LintRules
  ) throws(Failure) -> FoundSpecs {
    let repository = try place.openRepository()
    let policy = try place.policy(repository, rules) { (path) throws(Failure) in
      try repository.read(revision: revision, path: path)
    }
    let read = { (path: String) in
      LintInput(path: FilePath(path), policy) { () throws(Failure) in
        try repository.read(revision: revision, path: path).content
      }
    }
    let list = { (wanted: @escaping @Sendable (String) -> Bool) throws(Failure) in
      try repository.entries(revision: revision, where: wanted).map {
        LintInput($0, repository, policy)
      }
    }
    let inputs =
      try place.path.isEmpty
      ? wholeCommit(policy, place, list(policy.paths.select), input: read)
      : expanded(policy, place, list: list, input: read)
    return FoundSpecs(inputs: inputs, wanted: policy.paths.shown)
  }

  /// The specs that were found in a commit, with what is in the place of those that are set.
  ///
  /// A commit without any spec is a finding at the usual path.
  private static func wholeCommit(
    _ policy: LintPolicy, _ place: LintPlace, _ found: [LintInput], input: (String) -> LintInput
  ) throws(Failure) -> [LintInput] {
    var (inputs, missing) = (found, [LintInput]())
    let known = Set(found.map(\.path))
    let set = policy.paths.patterns.filter(\.isLiteral).map { FilePath($0.text) }
    for path in Set([FilePath(FindingCode.usualName)] + set) where !known.contains(path) {
      let named = input(path.string)
      let content = try named.read()
      if case .absent = content {
        missing.append(named.holding(content))
      } else {
        inputs.append(named.holding(content))
      }
    }
    let isUsual = { (input: LintInput) in input.path == FilePath(FindingCode.usualName) }
    if inputs.isEmpty || (place.require && !inputs.contains { policy.paths.hold($0.path.string) }) {
      inputs += missing.filter(isUsual)
    }
    if place.require { inputs += missing.filter { !isUsual($0) } }
    return inputs.rootFirst
  }

  // MARK: The work tree

  private static func inWorkTree(_ place: LintPlace, _ rules: LintRules) throws(Failure)
    -> FoundSpecs
  {
    let tree = try WorkTree(place)
    let policy = try tree.policy(place, rules)
    if !place.path.isEmpty {
      let inputs = try expanded(policy, place) { (wanted) throws(Failure) in
        try tree.list(wanted).map { tree.input($0, policy) }
      } input: { path in
        tree.input(FilePath(path), policy)
      }
      return FoundSpecs(inputs: inputs, wanted: policy.paths.shown)
    }
    let found = try tree.list(policy.paths.select)
    // Where a path is set, the file is meant, even where git ignores it.
    let set = policy.paths.patterns.filter(\.isLiteral).map { FilePath($0.text) }.filter {
      !found.contains($0) && WorkTreeFile.isThere(tree.root.pushing($0))
    }
    var inputs = (found + set).map { tree.input($0, policy) }
    if place.require {
      inputs += absent(policy, place, besides: inputs.map(\.path.string).filter(policy.paths.hold))
    }
    return FoundSpecs(inputs: inputs.rootFirst, wanted: policy.paths.shown)
  }

  // MARK: Named paths

  /// The inputs that match the patterns, each path once.
  ///
  /// A path that is not there is nothing to check, unless one is required or `--rev` names it; a
  /// file beside it that is nearly called so is checked in its place.
  private static func expanded(
    _ policy: LintPolicy, _ place: LintPlace,
    list: (@escaping @Sendable (String) -> Bool) throws(Failure) -> [LintInput],
    input: (String) -> LintInput
  ) throws(Failure) -> [LintInput] {
    var inputs: [LintInput] = []
    var missing: [LintInput] = []
    var known: Set<FilePath> = []
    for pattern in policy.paths.patterns {
      var found: [LintInput]
      if pattern.isLiteral {
        let named = input(pattern.text)
        let content = try named.read()
        found = [named.holding(content)]
        if case .absent = content {
          let near = SpecPaths(patterns: [pattern], inAnyFolder: false)
          found = try list { near.nearMiss($0) != nil }
          if found.isEmpty { missing.append(named.holding(content)) }
        }
      } else {
        found = try list(pattern.matches)
        if found.isEmpty, place.require {
          inputs += absent(policy, place, besides: []).filter {
            $0.path == FilePath(pattern.text)
          }
        }
      }
      inputs += found.filter { known.insert($0.path).inserted }
    }
    return place.require || place.rev != nil ? inputs + missing : inputs
  }
}

extension LintInput {
  /// An entry of the index or of a commit.
  init(_ entry: SpecEntry, _ repository: GitRepository, _ policy: LintPolicy) {
    self.init(path: entry.path, policy) { () throws(Failure) in try repository.content(of: entry) }
  }
}

extension [LintInput] {
  private static var usual: FilePath { FilePath(FindingCode.usualName) }

  /// The spec at the root first, else in the order of the paths' bytes.
  var rootFirst: [LintInput] {
    sorted { left, right in
      if left.path == right.path { return false }
      if left.path == Self.usual { return true }
      if right.path == Self.usual { return false }
      return left.path.precedesInBytes(right.path)
    }
  }
}
