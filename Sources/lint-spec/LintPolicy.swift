import GitSpecs
import SecondReader
import TinyforgeCore

/// Which paths of a repository are specs, and how they are checked: what the options say, and below them the
/// repository's own configuration.
struct LintPolicy {
  var paths: SpecPaths
  var configuration: LintConfiguration
  var rules: LintRules
  /// Whether a hook asks, which lets no spec pass under a name that the server does not look for.
  var isHook = false
  /// The names that a spec may have anywhere, where --path gives them.
  var usualNames: [String]?

  /// The settings for the spec at a path, from the root of the repository on.
  func settings(for path: String) -> LintSettings {
    var severities = configuration.severities
    if isHook, severities[FindingCode.fileName.id] == nil {
      severities[FindingCode.fileName.id] = .some(.error)
    }
    for choice in rules.rule { severities[choice.code.id] = .some(choice.severity) }
    var lint = SpecLint.Settings(
      source: rules.source ?? configuration.source(of: path),
      usualNames: usualNames ?? paths.usualNames(at: path),
      severities: severities)
    lint.secondReader = LibYAML.read
    lint.isMisnamedConfiguration = paths.isMisnamedConfiguration(path)
    return LintSettings(lint: lint, isStrict: rules.strict || configuration.isStrict)
  }

  /// The policy for specs that are read from the same place as the configuration.
  init(
    _ place: LintPlace, _ rules: LintRules, configuration content: SpecSnapshot.Content,
    settings: () throws(Failure) -> [String]
  ) throws(Failure) {
    self.rules = rules
    isHook = place.isHook
    configuration = try Self.configuration(content)
    guard place.path.isEmpty else {
      paths = SpecPaths(patterns: place.explicitPatterns, inAnyFolder: false)
      return
    }
    paths = SpecPaths(patterns: configuration.paths + (try Self.patterns(try settings())))
  }

  private static func configuration(_ content: SpecSnapshot.Content) throws(Failure)
    -> LintConfiguration
  {
    switch content {
    case .file(let bytes): return try LintConfiguration(bytes)
    // In no commit yet.
    case .absent, .refused(.intentToAdd): return LintConfiguration()
    case .refused(let obstacle):
      throw Failure(
        .usage, "\(LintConfiguration.fileName): \(Finding.obstacle(obstacle).message)",
        remedy: "make it a regular file of at most 64 KiB, or remove it")
    }
  }

  /// The patterns of git's settings, of which an empty one takes those before it back.
  private static func patterns(_ settings: [String]) throws(Failure) -> [PathPattern] {
    var patterns: [PathPattern] = []
    for text in settings {
      if text.isEmpty {
        patterns = []
      } else if let fault = PathPattern.fault(text) {
        throw Failure(
          .usage, "git's setting tinyforge.specPath holds \"\(text.shownSafely)\", which \(fault)",
          remedy: "git config --show-origin --get-all tinyforge.specPath")
      } else {
        patterns.append(PathPattern(text))
      }
    }
    return patterns
  }
}

extension LintPlace {
  /// The policy for specs of a repository.
  func policy(
    _ repository: GitRepository, _ rules: LintRules,
    configuration: (String) throws(Failure) -> SpecSnapshot
  ) throws(Failure) -> LintPolicy {
    try LintPolicy(
      self, rules, configuration: try configuration(LintConfiguration.fileName).content
    ) { () throws(Failure) in try repository.settings(named: "tinyforge.specPath") }
  }
}
