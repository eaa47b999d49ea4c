import GitSpecs
import TinyforgeCore

/// Files by their paths from the root of their repository, wherever the tool was started.
enum RootPaths {
  /// The reports, each named so; those of files outside of any repository keep their names.
  static func named(_ reports: [LintReport]) -> [LintReport] {
    var folders: [String: String?] = [:]
    return reports.map { report in
      guard let file = report.file else { return report }
      let (folder, name) = split(tidyPath(file))
      let known = folders[folder] ?? WorkTreeFile.pathFromRoot(ofFolder: folder)
      folders[folder] = known
      guard let known else { return report }
      var named = report
      named.path = known.isEmpty ? name : "\(known)/\(name)"
      return named
    }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
  }
}
