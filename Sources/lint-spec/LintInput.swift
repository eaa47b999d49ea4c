import GitSpecs
import TinyforgeCore

/// One spec to check: the name that reports give it, and what stands there.
struct LintInput {
  var path: String
  var content: Result<SpecSnapshot.Content, Failure>

  /// The files that command-line arguments name; a folder stands for the specs in it.
  static func named(_ paths: [String], _ place: LintPlace) -> [LintInput] {
    paths.flatMap { path -> [LintInput] in
      if path == "-" {
        return [LintInput(path: path) { () throws(Failure) in try StandardInput.read() }]
      }
      guard SpecSearch.isFolder(path) else { return [file(path)] }
      return inFolder(path, place)
    }
  }

  private static func inFolder(_ folder: String, _ place: LintPlace) -> [LintInput] {
    do {
      let found = try SpecSearch.files(named: place.specPath, under: folder)
      if found.isEmpty, place.require {
        return [LintInput(path: folder) { () throws(Failure) in .absent("no spec in this folder") }]
      }
      return found.map { file($0) }
    } catch {
      return [LintInput(path: folder, content: .failure(error))]
    }
  }

  private static func file(_ path: String) -> LintInput {
    LintInput(path: path) { () throws(Failure) in
      let content = try WorkTreeFile.read(path: path)
      guard case .absent = content else { return content }
      throw Failure(
        .notFound, "\(path.shownSafely) does not exist", remedy: "check the path's spelling")
    }
  }

  init(path: String, content: Result<SpecSnapshot.Content, Failure>) {
    self.path = path
    self.content = content
  }

  private init(path: String, _ read: () throws(Failure) -> SpecSnapshot.Content) {
    self.path = path
    do {
      content = .success(try read())
    } catch {
      content = .failure(error)
    }
  }
}
