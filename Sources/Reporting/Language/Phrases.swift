/// The catalogue: every phrase that a report or a question is made of, in each language.
///
/// A phrase is a property, or a function of what it names; it gives the text in all languages at
/// once, so one that lacks a translation does not compile. Phrases are plain text: what takes them
/// encodes them. Text of others (names, values, messages) must be safe for the sink already where it
/// is handed in.
package struct Phrases: Sendable {
  /// The language of the phrases.
  package let language: Language

  /// Creates one from its parts.
  package init(_ language: Language) { self.language = language }

  /// The one of the texts that is in this language.
  package func say(en: @autoclosure () -> String, ru: @autoclosure () -> String) -> String {
    switch language {
    case .en: en()
    case .ru: ru()
    }
  }

  /// A number with its noun: forms beside 1 and others; in Russian beside 1, 2 and 5.
  package func count(_ number: Int, en: (String, String), ru: (String, String, String)) -> String {
    let noun = say(
      en: number == 1 ? en.0 : en.1,
      ru: RussianPlural.form(number, one: ru.0, few: ru.1, many: ru.2))
    return "\(number) \(noun)"
  }
}

// MARK: Numbers of things

extension Phrases {
  /// A number of workloads.
  package func workloads(_ number: Int) -> String {
    count(
      number, en: ("workload", "workloads"),
      ru: ("рабочая нагрузка", "рабочие нагрузки", "рабочих нагрузок"))
  }

  /// A number of managed fields.
  package func managedFields(_ number: Int) -> String {
    count(
      number, en: ("managed field", "managed fields"),
      ru: ("управляемое поле", "управляемых поля", "управляемых полей"))
  }

  /// Some of the managed fields: `2 of 3 managed fields`.
  func share(_ part: Int, of whole: Int) -> String {
    "\(part) "
      + say(en: "of ", ru: "из ")
      + count(
        whole, en: ("managed field", "managed fields"),
        ru: ("управляемого поля", "управляемых полей", "управляемых полей"))
  }
}
