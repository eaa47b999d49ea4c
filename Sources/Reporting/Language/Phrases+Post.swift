/// Below a comment that a pipeline keeps.
extension Phrases {
  /// The pipeline's run, as the text of a link.
  package var run: String { say(en: "run", ru: "запуск") }
}
