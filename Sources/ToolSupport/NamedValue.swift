package import ArgumentParser
package import Reporting
import TinyforgeCore

/// A value of an option that is one of a few words.
package protocol NamedValue: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

extension NamedValue {
  /// The value of that name, for an option's `transform`; the refusal says which was probably meant.
  package static func named(_ name: String) throws(ValidationError) -> Self {
    if let value = Self(rawValue: name) { return value }
    let guess = NearestName.find(name, among: names).map { "; did you mean \($0)?" } ?? ""
    throw ValidationError(
      "\"\(name.shownSafely)\" is not one of \(names.joined(separator: ", "))\(guess)")
  }

  /// The names of all values, as help shows what an option takes: `text|json`.
  package static var choice: String { names.joined(separator: "|") }

  /// The names of all values, for a shell that completes.
  package static var completion: CompletionKind { .list(names) }

  private static var names: [String] { allCases.map { $0.rawValue } }
}

/// The forms that a tool writes its results in, as `--format` names them.
package protocol FormatChoice: NamedValue {}

extension FormatChoice {
  /// What the guard of the output takes a text of this form for.
  package var outputForm: CommandGuard.Form {
    switch rawValue {
    case "json", "jsonl", "sarif", "gitlab", "rdjson": .json
    case "html", "junit": .markup
    case "github": .commands
    default: .text
    }
  }
}
