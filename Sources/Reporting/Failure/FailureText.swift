package import TinyforgeCore

extension Failure {
  /// The failure for a terminal: what went wrong, and what to do.
  package func shown(style: TextStyle, phrases: Phrases = Phrases(.en)) -> String {
    var text = "\(style.paint(phrases.errorLabel, .error)) \(phrases.message(message))\n"
    if let remedy {
      text += "\(style.paint(phrases.help, .good)) \(phrases.message(remedy.text))\n"
    }
    return style.wrapped(text)
  }
}
