import TinyforgeCore

/// One line that GitHub's and Gitea's runners take for a command, such as `::error file=a::text`.
///
/// The escapes are those of GitHub's own toolkit: `%`, CR and LF everywhere, `:` and `,` in properties too.
package enum WorkflowCommand {
  /// The commands that these tools give.
  package static let names = ["error", "warning", "notice"]

  /// The command's line, with its line break; text within it can neither end nor start one.
  package static func line(
    _ name: String, _ properties: [(name: String, value: String)], _ message: String
  ) -> String {
    let list = properties.map { "\($0.name)=\(property($0.value))" }.joined(separator: ",")
    return "::\(name)\(list.isEmpty ? "" : " \(list)")::\(data(message))\n"
  }

  private static func data(_ text: String) -> String {
    // Line breaks are the only control characters that the runner shows as they are meant.
    text.splitAtScalar("\n").map { String($0).shownSafely.replacingBytes(percent) }
      .joined(separator: "%0A")
  }

  private static func property(_ text: String) -> String {
    text.shownSafely.replacingBytes { byte in
      switch byte {
      case UInt8(ascii: ":"): "%3A"
      case UInt8(ascii: ","): "%2C"
      default: percent(byte)
      }
    }
  }

  private static func percent(_ byte: UInt8) -> String? { byte == UInt8(ascii: "%") ? "%25" : nil }
}
