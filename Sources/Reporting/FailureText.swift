package import TinyforgeCore

extension Failure {
  /// The failure for a terminal: what went wrong, and what to do.
  package func shown(style: TextStyle) -> String {
    var text = "\(style.paint("error:", .error)) \(message)\n"
    if let remedy { text += "\(style.paint("help:", .good)) \(remedy.text)\n" }
    return style.wrapped(text)
  }
}
