internal import Glibc

/// A repository's own settings, as far as `git init --bare` and `git clone --mirror` write them.
enum MirrorSettings {
  /// Whether a file of settings makes a bare repository of the format that any libgit2 reads, and says
  /// nothing else that could bear on reading it.
  ///
  /// False for whatever is not known here: then libgit2 is to read them. Its reading takes as long as that of
  /// a commit.
  static func arePlain(at path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      guard count > 0, count < buffer.count else { return false }
      return arePlain(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private enum Section { case none, core, remote }

  static func arePlain(_ text: UnsafeRawBufferPointer) -> Bool {
    // A backslash may join lines.
    if text.contains(UInt8(ascii: "\\")) { return false }
    var section = Section.none
    var (isBare, hasFormat) = (false, false)
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let line = String(decoding: line.drop { $0 == UInt8(ascii: "\t") }, as: UTF8.self)
      switch (section, line) {
      case (_, "[core]"): section = .core
      case (_, #"[remote "origin"]"#): section = .remote
      case (.core, "repositoryformatversion = 0"): hasFormat = true
      case (.core, "bare = true"): isBare = true
      case (.core, "filemode = true"), (.core, "filemode = false"), (.remote, "mirror = true"):
        break
      case (.remote, _) where line.hasPrefix("url = ") || line.hasPrefix("fetch = "):
        // A quotation mark may lack its other one.
        if line.contains("\"") { return false }
      default: return false
      }
    }
    return isBare && hasFormat
  }
}
