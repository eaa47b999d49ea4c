package import SystemPackage

/// The paths among the words of the command line, with the bytes that they were given in.
///
/// The parser takes text, in which U+FFFD has the place of what is not UTF-8.
package struct GivenPaths {
  private var others: [FilePath]

  /// Creates one from its parts.
  package init() {
    others = StartedWith.wordsThatAreNoText
  }

  /// The path of an argument; those that look the same as text are taken in their order.
  package mutating func path(_ argument: String) -> FilePath {
    let path = FilePath(argument)
    let given = others.firstIndex { word in
      [word, FilePath(".").pushing(word)].contains { $0.string == path.string }
    }
    return given.map { others.remove(at: $0) } ?? path
  }
}
