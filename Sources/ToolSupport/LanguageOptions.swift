package import ArgumentParser
package import Reporting
import RunningProcess

extension Language: NamedValue {}

/// The language of a report or a question.
package struct LanguageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The language of text for people (default: LC_ALL, LC_MESSAGES or LANG, else en).",
      valueName: Language.choice), completion: Language.completion, transform: Language.named)
  package var lang: Language?

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    lang = line.value("--lang", Language.init(rawValue:))
  }

  /// The catalogue in that language.
  package var phrases: Phrases {
    Phrases(lang ?? .preferred { Environment.variable($0) })
  }
}
