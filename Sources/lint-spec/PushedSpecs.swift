import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// The specs that a push changes, from the lines that git gives its hooks.
struct PushedSpecs {
  /// One reference that is pushed.
  private struct Update {
    var old: String
    var new: String
    var reference: String
  }

  /// What several references may hold alike: a content at a path, under one configuration.
  private struct Key: Hashable {
    var path: FilePath
    var identity: String
    var configuration: String
  }

  private let place: LintPlace
  private let rules: LintRules
  private let repository: GitRepository
  private let note: (String) -> Void
  private var inputs: [LintInput] = []
  /// The place of each content among the inputs; contents are read when they are checked.
  private var known: [Key: Int] = [:]
  /// By the identity of the configuration.
  private var policies: [String: LintPolicy] = [:]

  static func find(
    _ place: LintPlace, _ rules: LintRules, _ note: @escaping (String) -> Void
  ) throws(Failure) -> FoundSpecs {
    let updates = try updates(place).filter { !isZero($0.new) }
    var specs = PushedSpecs(
      place: place, rules: rules, repository: try place.openRepository(), note: note)
    try specs.add(updates)
    return FoundSpecs(
      inputs: specs.inputs,
      wanted: SpecPaths(
        patterns: place.path.map(PathPattern.init),
        inAnyFolder: place.path.isEmpty
      ).shown)
  }

  private init(
    place: LintPlace, rules: LintRules, repository: GitRepository,
    note: @escaping (String) -> Void
  ) {
    (self.place, self.rules, self.repository, self.note) = (place, rules, repository, note)
  }

  private mutating func add(_ updates: [Update]) throws(Failure) {
    let unknown = updates.filter { isZero($0.old) || !repository.hasCommit($0.old) }
    let pushed = try repository.commits(
      pushed: references.isEmpty ? [] : unknown.map(\.new), besides: references)
    for update in updates {
      do {
        guard try repository.namesCommit(update.new) else {
          note("\(update.reference.shownSafely) does not lead to a commit: nothing to check")
          continue
        }
        try add(update, pushed)
      } catch {
        var input = LintInput(path: FilePath(place.explicitPatterns[0].text), LintSettings()) {
          () throws(Failure) in throw error
        }
        input.references = [update.reference]
        inputs.append(input)
      }
    }
  }

  /// The references whose commits are where the push goes.
  private var references: String {
    guard let remote = place.push else { return "refs/*" }
    return remote.utf8.contains { "*?[\\".utf8.contains($0) } ? "" : "refs/remotes/\(remote)/*"
  }

  private mutating func add(_ update: Update, _ pushed: PushedCommits) throws(Failure) {
    let repository = repository
    let (configuration, policy) = try policy(of: update)
    let changes = try repository.changes(
      to: update.new, from: isZero(update.old) ? nil : update.old, pushed,
      where: policy.paths.select)
    for entry in changes {
      add(
        update, Key(path: entry.path, identity: entry.identity, configuration: configuration),
        LintInput(entry, repository, policy))
    }
    guard place.require else { return }
    let held = try repository.entries(revision: update.new, where: policy.paths.hold).map(
      \.path.string)
    for input in FoundSpecs.absent(policy, place, besides: held) {
      add(update, Key(path: input.path, identity: "", configuration: configuration), input)
    }
  }

  private mutating func add(_ update: Update, _ key: Key, _ input: LintInput) {
    if let first = known[key] {
      inputs[first].references.append(update.reference)
      return
    }
    known[key] = inputs.count
    var input = input
    input.references = [update.reference]
    inputs.append(input)
  }

  /// The policy as of the pushed commit.
  private mutating func policy(of update: Update) throws(Failure) -> (String, LintPolicy) {
    let entry = try repository.entry(revision: update.new, path: LintConfiguration.fileName)
    let identity = entry?.identity ?? ""
    if let known = policies[identity] { return (identity, known) }
    let (repository, place) = (repository, place)
    let content = try entry.map { (entry) throws(Failure) in try repository.content(of: entry) }
    let policy = try LintPolicy(place, rules, configuration: content ?? .absent("")) {
      () throws(Failure) in try repository.settings(named: "tinyforge.specPath")
    }
    policies[identity] = policy
    return (identity, policy)
  }

  /// Lines of `old new ref`, or as pre-push gets them: `local-ref local-id remote-ref remote-id`.
  private static func updates(_ place: LintPlace) throws(Failure) -> [Update] {
    let text = String(
      decoding: try StandardInput.readLines(waiting: Interruption.waitToRead), as: UTF8.self)
    let isPush = place.push != nil
    var updates: [Update] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")).map({ Substring($0) }) {
      let update = isPush ? pushLine(line) : receiveLine(line)
      guard let update, ObjectID.isWhole(update.old), ObjectID.isWhole(update.new) else {
        let form = isPush ? "local-ref local-id remote-ref remote-id" : "old new ref"
        throw Failure(
          .usage,
          "standard input holds \"\(String(line.prefix(80)).shownSafely)\", not `\(form)`",
          remedy: isPush
            ? "call --push from a pre-push hook, or feed it lines of that form"
            : "call --receive from a pre-receive hook, or feed it lines of that form")
      }
      updates.append(update)
    }
    return updates
  }

  private static func receiveLine(_ line: Substring) -> Update? {
    let parts = line.splitAtScalar(" ", maxSplits: 2, omittingEmpty: true).map(String.init)
    return parts.count == 3 ? Update(old: parts[0], new: parts[1], reference: parts[2]) : nil
  }

  private static func pushLine(_ line: Substring) -> Update? {
    let parts = line.splitAtScalar(" ", omittingEmpty: true).map(String.init)
    return parts.count == 4 ? Update(old: parts[3], new: parts[1], reference: parts[2]) : nil
  }
}

/// Whether an id is the null id, which names no object.
private func isZero(_ id: String) -> Bool { id.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
