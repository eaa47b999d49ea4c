package import TinyforgeCore

/// The one comment that a pipeline keeps on a pull request.
///
/// A marker, which shows nothing, says whose it is; the report follows; and the last line, which
/// is about the run, is the only part that changes from run to run.
package struct StickyComment: Sendable, Equatable {
  /// The first line.
  package let marker: String
  /// The whole comment, at most as long as the forge takes where the report leaves room.
  package let body: String
  private let runMarker: String

  /// Creates the comment of a tool's report: each tool keeps one of its own.
  ///
  /// With `server`, so does each server whose workloads a run is about.
  /// `report` is Markdown by an encoder of ours, not trusted to be free of markers; `footer` is Markdown on the run itself, on
  /// one line.
  package init(
    tool: String, pipeline: String, name: String, server: String? = nil, forge: ForgeKind,
    report: String, footer: String
  ) {
    marker = Self.marker(tool: tool, pipeline: pipeline, name: name, server: server)
    runMarker = Self.runMarker(tool)
    let parts = [marker, Self.disarmed(report, forge), "", runMarker, "<sub>\(footer)</sub>"]
    body = parts.joined(separator: "\n") + "\n"
  }

  /// How many UTF-16 units a comment takes beyond its report and its footer.
  package static func overhead(
    tool: String, pipeline: String, name: String, server: String? = nil
  ) -> Int {
    marker(tool: tool, pipeline: pipeline, name: name, server: server).utf16.count
      + runMarker(tool).utf16.count + 20
  }

  /// Whether a comment is of this tool, pipeline and name: its first line is the marker, to the letter.
  package func isSibling(_ comment: String) -> Bool {
    Self.lines(comment).first?.hasSameBytes(as: marker) ?? false
  }

  /// Whether a comment says the same: all but what is about the run.
  package func tellsTheSame(as comment: String) -> Bool {
    stable(comment) == stable(body)
  }

  // MARK: Markers

  private static func runMarker(_ tool: String) -> String { "<!-- tinyforge-\(tool) run -->" }

  private static func marker(tool: String, pipeline: String, name: String, server: String?)
    -> String
  {
    let server = server.map { " server=\(encoded($0))" } ?? ""
    return
      "<!-- tinyforge-\(tool) v1 pipeline=\(encoded(pipeline)) name=\(encoded(name))\(server) -->"
  }

  /// Percent-encoded but for letters, digits, `.`, `_` and `/`, so that nothing in it ends a comment.
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte.isASCIILetterOrDigit || "._/".utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The report without what could pass for a marker, or be a command to the forge.
  ///
  /// A forge may execute a line that begins with a slash and a word (`/close`, `/merge`).
  private static func disarmed(_ report: String, _ forge: ForgeKind) -> String {
    // No report of ours has a comment in its Markdown.
    let safe = report.replacingBytes(of: "<!--", with: "&lt;!--").trimmedAtEnd
    guard forge.definition.comments.executesCommands else { return safe }
    return lines(safe).map { line in
      let start = line.unicodeScalars.firstIndex { $0 != " " && $0 != "\t" } ?? line.endIndex
      guard line[start...].unicodeScalars.first == "/" else { return String(line) }
      return line[..<start] + "&#47;" + String(line[start...].unicodeScalars.dropFirst())
    }.joined(separator: "\n")
  }

  // MARK: Comparing

  /// Forges may store other line ends, and no white space at the end.
  private func stable(_ comment: String) -> String {
    Self.lines(comment).prefix { !$0.hasSameBytes(as: runMarker) }.joined(separator: "\n")
      .trimmedAtEnd
  }

  private static func lines(_ text: String) -> [Substring] {
    text.splitAtScalar("\n").map { line in
      line.unicodeScalars.last == "\r"
        ? line[..<line.unicodeScalars.index(before: line.endIndex)] : line
    }
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    String(reversed().drop { $0.isWhitespace }.reversed())
  }
}
