/// The server's rule on where a workload's spec may be in its repository.
package enum SpecPath {
  /// The path of a workload that names none.
  package static let usual = ".tinyforge.yml"

  /// What is wrong with a path, in words after "the path"; nil when nothing is.
  package static func fault(_ path: String) -> String? {
    if path.isEmpty { return "is empty" }
    if path.utf8.first == UInt8(ascii: "/") {
      return "is absolute; give it from the repository's root"
    }
    let segments = PathSegment.all(in: path)
    if let fault = PathSegment.fault(in: segments, quote: "\"") { return fault }
    // File systems that fold case would open git's own folder by any of its spellings.
    if segments.contains(where: PathSegment.isGitFolder) { return "leads into .git" }
    for scalar in path.unicodeScalars {
      if "\\?#%".unicodeScalars.contains(scalar) { return "holds \(scalar), which no path may" }
      if scalar.properties.generalCategory == .control { return "holds a control character" }
    }
    return nil
  }
}
