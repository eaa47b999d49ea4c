import GitSpecs
import TinyforgeCore

/// One spec to check: the name that reports give it, and how its bytes are come by.
struct LintInput {
  /// What reports call it.
  var path: String
  /// The pushed references that hold it, such as `refs/heads/main`; empty outside of a push.
  var references: [String] = []
  /// The file on disk, where there is one, which `--fix` may rewrite.
  var file: String?
  /// Reads it; inputs are read one by one, so that ten thousand are never in memory at once.
  var read: () throws(Failure) -> SpecSnapshot.Content
  /// The same for any thread; nil where a repository is read, which belongs to one.
  private(set) var readAnywhere: (@Sendable () throws(Failure) -> SpecSnapshot.Content)?

  init(path: String, read: @escaping () throws(Failure) -> SpecSnapshot.Content) {
    self.path = path
    self.read = read
  }

  /// A file on disk.
  init(
    path: String, file: String,
    read: @escaping @Sendable () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.path = path
    self.file = file
    self.read = read
    readAnywhere = read
  }

  /// The files that command-line arguments name, each once; a folder stands for the specs in it.
  static func named(_ paths: [String], _ place: LintPlace) throws(Failure) -> [LintInput] {
    var inputs: [LintInput] = []
    for path in paths {
      if path == "-" {
        inputs.append(
          LintInput(path: place.stdinFilename ?? path) { () throws(Failure) in
            try StandardInput.read()
          })
      } else if SpecSearch.isFolder(path) {
        inputs += inFolder(path, place)
      } else {
        inputs.append(named(path, isKnown: false))
      }
    }
    guard paths.count > 1 else { return inputs }
    var known: Set<String> = []
    return inputs.filter { known.insert($0.path).inserted }
  }

  private static func inFolder(_ folder: String, _ place: LintPlace) -> [LintInput] {
    let patterns = place.explicitPatterns
    let names = patterns.filter(\.isLiteral).map(\.name)
    let found = SpecSearch.files(under: folder) { path in
      patterns.contains { $0.matchesEnd(of: path) } || SpecName.isNearMiss(path, of: names)
    }
    if found.files.isEmpty, found.failures.isEmpty, place.require {
      return [
        LintInput(path: tidyPath(folder)) { () throws(Failure) in
          .absent("there is no spec in this folder")
        }
      ]
    }
    let failures = found.failures.map { fault in
      LintInput(path: tidyPath(fault.folder)) { () throws(Failure) in throw fault.failure }
    }
    return found.files.map { named($0.path, isKnown: $0.isRegular) } + failures
  }

  /// A file that must be there; `isKnown` where it was just found.
  private static func named(_ path: String, isKnown: Bool) -> LintInput {
    LintInput(path: tidyPath(path), file: path) { () throws(Failure) in
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
}

/// Whether a path is one of the process's own descriptors, as `/dev/stdin` and `<(COMMAND)` are.
private func isStream(_ path: String) -> Bool {
  ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].contains { path.utf8.starts(with: $0.utf8) }
}

extension SpecName {
  /// Whether a path ends in a name that is nearly one of these.
  static func isNearMiss(_ path: Substring, of names: [String]) -> Bool {
    guard let name = path.splitAtScalar("/", omittingEmpty: true).last else { return false }
    return nearMiss(String(name), of: names) != nil
  }
}
