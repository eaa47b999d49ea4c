/// The server's rule on where a workload's spec may stand in its repository.
package enum SpecPath {
  /// The path of a workload that names none.
  package static let usual = ".tinyforge.yml"

  /// What is wrong with a path, in words behind "the path"; nil when nothing is.
  ///
  /// Bytes are looked at, not characters: a combining mark behind a slash would hide it.
  package static func fault(_ path: String) -> String? {
    if path.isEmpty { return "is empty" }
    if path.utf8.first == UInt8(ascii: "/") {
      return "is absolute; give it from the repository's root"
    }
    let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if segments.contains("..") { return "leaves the repository with \"..\"" }
    if segments.contains(".") { return "holds a \".\" segment" }
    if segments.contains("") { return "holds an empty segment" }
    // File systems that fold case would open git's own folder by any of its spellings.
    if segments.contains(where: { $0.lowercased() == ".git" }) { return "leads into .git" }
    for scalar in path.unicodeScalars {
      if "\\?#%".unicodeScalars.contains(scalar) { return "holds \(scalar), which no path may" }
      if scalar.properties.generalCategory == .control { return "holds a control character" }
    }
    return nil
  }
}
