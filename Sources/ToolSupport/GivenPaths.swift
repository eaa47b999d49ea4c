package import SystemPackage
internal import TinyforgeCore

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
      [word, FilePath(".").pushing(word)].contains {
        $0.string.hasSameBytes(as: path.string)
      }
    }
    return given.map { others.remove(at: $0) } ?? path
  }

  /// The path of an option's value, which may be one word with the option's name.
  package static func path(ofOption name: String, _ value: String) -> FilePath {
    for word in StartedWith.wordsThatAreNoText
    where word.string.hasSameBytes(as: "\(name)=\(value)") {
      return word.withPlatformString { FilePath(platformString: $0 + name.utf8.count + 1) }
    }
    var given = GivenPaths()
    return given.path(value)
  }
}
