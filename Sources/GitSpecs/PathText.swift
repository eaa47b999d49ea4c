internal import Glibc
package import SystemPackage
package import TinyforgeCore

// Paths are any bytes but NUL, and git takes them so. `FilePath` keeps the bytes; text is made of them for reports
// alone, and for comparison with patterns.

extension FilePath {
  /// Whether the path's bytes are text.
  package var isText: Bool { withPlatformString { String(validatingCString: $0) != nil } }

  /// The path's bytes.
  package var pathBytes: [UInt8] {
    withPlatformString { start in Array(UnsafeRawBufferPointer(start: start, count: length)) }
  }

  /// The path of some bytes, up to a NUL.
  init(bytes: some Sequence<UInt8>) {
    var text = Array(bytes)
    text.append(0)
    self = text.withUnsafeBytes {
      $0.bindMemory(to: CChar.self).baseAddress.map { FilePath(platformString: $0) } ?? ""
    }
  }

  /// The path without links; as it is where it leads nowhere.
  var real: FilePath { WorkTreeFile.realPath(of: self) ?? self }

  /// The path as reports name it: a byte that is not UTF-8 is written as `\xE9`.
  package var shown: String {
    withPlatformString { String(validatingCString: $0) } ?? String(showingBytes: pathBytes)
  }

  /// The same on one line, every unsafe character written as an escape.
  var shownSafely: String { shown.shownSafely }

  /// Whether this comes before another in the order of their bytes.
  package func precedesInBytes(_ other: FilePath) -> Bool {
    withPlatformString { own in other.withPlatformString { strcmp(own, $0) < 0 } }
  }
}

/// The path as one word of a shell, which no program takes for an option.
package func shellWord(_ path: FilePath) -> ShellWord {
  let path = path.pathBytes.first == UInt8(ascii: "-") ? FilePath(".").pushing(path) : path
  return path.isText ? ShellWord(path.string) : ShellWord(bytes: path.pathBytes)
}

/// The path without slashes at its end; `/` stays.
func withoutTrailingSlash(_ path: String) -> String {
  var bytes = path.utf8[...]
  while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
  return String(Substring(bytes))
}
