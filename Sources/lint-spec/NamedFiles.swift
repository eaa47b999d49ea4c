import GitSpecs
import TinyforgeCore

/// The files that command-line arguments name, under the policies of the repositories around them.
final class NamedFiles {
  private let place: LintPlace
  private let rules: LintRules
  /// By the folder that a search for the repository began in.
  private var known: [String: Surroundings] = [:]

  /// What is around a folder.
  private struct Surroundings {
    var policy: LintPolicy
    /// The path of the folder from the repository's root on, with a slash at the end unless it is the root.
    var prefix: String
  }

  init(_ place: LintPlace, _ rules: LintRules) {
    self.place = place
    self.rules = rules
  }

  /// The inputs, each once; a folder stands for the specs in it.
  func inputs(_ paths: [String]) throws(Failure) -> [LintInput] {
    var inputs: [LintInput] = []
    for path in paths {
      if path == "-" {
        inputs.append(try standardInput())
      } else if SpecSearch.isFolder(path) {
        inputs += try inFolder(path)
      } else {
        inputs.append(named(path, isKnown: false, try settings(for: path)))
      }
    }
    guard paths.count > 1 else { return inputs }
    var known: Set<String> = []
    return inputs.filter { known.insert($0.path).inserted }
  }

  private func standardInput() throws(Failure) -> LintInput {
    let name = place.stdinFilename ?? "-"
    return LintInput(path: name, try settings(for: name)) { () throws(Failure) in
      try StandardInput.read()
    }
  }

  private func inFolder(_ folder: String) throws(Failure) -> [LintInput] {
    let around = try surroundings(folder + "/")
    let start = around.prefix + (Self.isBelow(folder) ? tidyPath(folder) + "/" : "")
    let found = SpecSearch.files(under: folder, wanted: wanted(around.policy, start))
    if found.files.isEmpty, found.failures.isEmpty, place.require {
      return [
        LintInput(path: tidyPath(folder), around.policy) { () throws(Failure) in
          .absent("there is no spec in this folder")
        }
      ]
    }
    let failures = found.failures.map { fault in
      LintInput(path: tidyPath(fault.folder), around.policy) { () throws(Failure) in
        throw fault.failure
      }
    }
    let length = folder.utf8.count
    return found.files.map { file in
      let below = Substring(file.path.utf8.dropFirst(length))
      return named(
        file.path, isKnown: file.isRegular, settings(around, Self.joined(start, below)))
    } + failures
  }

  /// Whether a file of a folder is to be checked, by its path from that folder on.
  private func wanted(_ policy: LintPolicy, _ start: String) -> @Sendable (Substring) -> Bool {
    let paths = policy.paths
    if place.path.isEmpty { return { paths.select(Self.joined(start, $0)) } }
    let names = paths.patterns.filter(\.isLiteral).map(\.name)
    return { path in
      if paths.patterns.contains(where: { $0.matchesEnd(of: path) }) { return true }
      guard let name = path.splitAtScalar("/").last else { return false }
      return SpecName.nearMiss(String(name), of: names) != nil
    }
  }

  /// A file that must be there; `isKnown` where it was just found.
  private func named(_ path: String, isKnown: Bool, _ settings: LintSettings) -> LintInput {
    LintInput(path: tidyPath(path), file: path, settings) { () throws(Failure) in
      guard !isStream(path) else {
        throw Failure(
          .usage, "\(path.shownSafely) is a stream, not a file",
          remedy: "pipe the spec in: COMMAND | lint-spec -")
      }
      let content = try WorkTreeFile.read(path: path, isKnown: isKnown)
      guard case .absent = content else { return content }
      // What the arguments hold of other bytes has become this character.
      let remedy: Remedy =
        path.unicodeScalars.contains("\u{FFFD}")
        ? "a path that is not UTF-8 cannot be named; pipe the file in: lint-spec - < FILE"
        : "check the path's spelling"
      throw Failure(.notFound, "\(path.shownSafely) does not exist", remedy: remedy)
    }
  }

  // MARK: Policies

  private func settings(for path: String) throws(Failure) -> LintSettings {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
    let around = try surroundings(path)
    return settings(around, around.prefix + (Self.isBelow(path) ? tidyPath(path) : name ?? path))
  }

  private func settings(_ around: Surroundings, _ path: String) -> LintSettings {
    var settings = around.policy.settings(for: path)
    if !place.path.isEmpty { settings.lint.usualNames = place.explicitPatterns.map(\.name) }
    return settings
  }

  /// A path below the working directory belongs to the repository there; of any other its own folder decides.
  private func surroundings(_ path: String) throws(Failure) -> Surroundings {
    let folder = Self.isBelow(path) ? "." : Self.folder(of: path)
    if let known = known[folder] { return known }
    let root = WorkTreeFile.repositoryRoot(above: folder)
    var content = SpecSnapshot.Content.absent("")
    if let root { content = try WorkTreeFile.read(path: "\(root)/\(LintConfiguration.fileName)") }
    let found = Surroundings(
      policy: try LintPolicy(place, rules, configuration: content) { () throws(Failure) in
        guard let root, WorkTreeFile.mayHaveSetting("tinyforge", root: root) else { return [] }
        return try GitRepository.open(root).settings(named: "tinyforge.specPath")
      }, prefix: prefix(of: folder))
    known[folder] = found
    return found
  }

  private func prefix(of folder: String) -> String {
    let path = WorkTreeFile.pathFromRoot(ofFolder: folder) ?? ""
    return path.isEmpty ? "" : path + "/"
  }

  private static func isBelow(_ path: String) -> Bool {
    path.utf8.first != UInt8(ascii: "/")
      && !path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
  }

  /// The path from a repository's root on of what a search found.
  private static func joined(_ start: String, _ path: Substring) -> String {
    tidyPath(start + path.drop { $0 == "/" })
  }

  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
  }
}

/// Whether a path is one of the process's own descriptors, as `/dev/stdin` and `<(COMMAND)` are.
private func isStream(_ path: String) -> Bool {
  ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].contains { path.utf8.starts(with: $0.utf8) }
}
