internal import StartArguments
internal import SystemPackage

/// The command line that the process was started with.
package enum StartedWith {
  /// The words of the command line, the tool's own name first; empty where they are not known.
  ///
  /// Never Swift's `CommandLine.arguments`, which has none where `/proc` is not mounted (chrooted hooks, bare
  /// containers): a tool would then take `--staged` for a plain run.
  package static let words: [String] = {
    guard var next = tinyforge_start_arguments() else { return [] }
    var words: [String] = []
    while let word = next.pointee {
      words.append(String(cString: word))
      next += 1
    }
    return words
  }()

  /// Those of the words whose bytes are not UTF-8.
  static var wordsThatAreNoText: [FilePath] {
    guard var next = tinyforge_start_arguments() else { return [] }
    var words: [FilePath] = []
    while let word = next.pointee {
      if String(validatingCString: word) == nil { words.append(FilePath(platformString: word)) }
      next += 1
    }
    return words
  }

  /// The words after the tool's own name.
  package static var arguments: [String] { Array(words.dropFirst()) }
}
