import GitSpecs
import TinyforgeCore

/// The specs at the tips of what is being pushed, as `pre-receive` is told of it.
enum PushedSpecs {
  /// One line of what git tells the hook.
  private struct Update {
    var new: String
    var reference: String

    var isDeletion: Bool { new.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
  }

  /// What several references may hold alike.
  private struct Key: Hashable {
    var path: String
    var content: [UInt8]
  }

  static func find(_ place: LintPlace, _ note: (String) -> Void) throws(Failure) -> RepositorySpecs
  {
    let updates = try updates()
    let repository = try place.openRepository()
    let patterns = try place.patterns(repository)
    var inputs: [LintInput] = []
    var known: [Key: Int] = [:]
    for update in updates where !update.isDeletion {
      for input in inputsOf(update, repository, patterns, place, note) {
        guard let content = try? input.read(), case .file(let bytes) = content else {
          inputs.append(input)
          continue
        }
        // Thousands of references may be pushed at once, and mostly hold the same spec.
        let key = Key(path: input.path, content: bytes)
        if let first = known[key] {
          inputs[first].references.append(update.reference)
        } else {
          known[key] = inputs.count
          inputs.append(input)
        }
      }
    }
    return RepositorySpecs(inputs: inputs, patterns: patterns)
  }

  private static func inputsOf(
    _ update: Update, _ repository: GitRepository, _ patterns: [PathPattern], _ place: LintPlace,
    _ note: (String) -> Void
  ) -> [LintInput] {
    func referring(_ input: LintInput) -> LintInput {
      var input = input
      input.references = [update.reference]
      return input
    }
    do {
      guard try repository.namesCommit(update.new) else {
        note("\(update.reference.shownSafely) does not lead to a commit: nothing to check")
        return []
      }
      let inputs = try RepositorySpecs.expanded(patterns, place) { (wanted) throws(Failure) in
        try repository.paths(revision: update.new, where: wanted)
      } input: { path in
        LintInput(path: path) { () throws(Failure) in
          try repository.read(revision: update.new, path: path).content
        }
      }
      return inputs.map(referring)
    } catch {
      return [
        referring(
          LintInput(path: place.explicitPatterns[0].text) { () throws(Failure) in throw error })
      ]
    }
  }

  /// `old new ref` lines; ids have 40 digits, or 64 in a repository of SHA-256.
  private static func updates() throws(Failure) -> [Update] {
    let text = String(decoding: try StandardInput.readLines(), as: UTF8.self)
    var updates: [Update] = []
    for line in text.splitAtScalar("\n", omittingEmpty: true) {
      let parts = line.splitAtScalar(" ", maxSplits: 2, omittingEmpty: true)
      guard parts.count == 3, parts[..<2].allSatisfy(isID) else {
        throw Failure(
          .usage,
          "standard input holds \"\(String(line.prefix(80)).shownSafely)\", not `old new ref`",
          remedy: "call --receive from a pre-receive hook, or feed it lines of that form")
      }
      updates.append(Update(new: String(parts[1]), reference: String(parts[2])))
    }
    return updates
  }

  private static func isID(_ text: Substring) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && text.allSatisfy(\.isHexDigit)
  }
}
