package import ArgumentParser
package import Reporting
import TinyforgeCore

/// The forms that a tool writes its results in, as `--format` names them.
package protocol FormatChoice: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

extension FormatChoice {
  /// The form of that name, for an option's `transform`; the refusal says which was probably meant.
  package static func named(_ name: String) throws(ValidationError) -> Self {
    if let form = Self(rawValue: name) { return form }
    let guess = NearestName.find(name, among: names).map { "did you mean \($0)? " } ?? ""
    throw ValidationError(
      "there is no format \"\(name.shownSafely)\"; \(guess)known are \(list)")
  }

  /// The names of all forms, for help.
  package static var list: String { names.joined(separator: ", ") }

  /// The names of all forms, for a shell that completes.
  package static var completion: CompletionKind { .list(names) }

  /// What the guard of the output takes a text of this form for.
  package var outputForm: CommandGuard.Form {
    switch rawValue {
    case "json", "jsonl", "sarif", "gitlab", "rdjson": .json
    case "html", "junit": .markup
    case "github": .commands
    default: .text
    }
  }

  private static var names: [String] { allCases.map(\.rawValue) }
}
