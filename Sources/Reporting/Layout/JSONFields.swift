package import TinyforgeCore

/// The members of a JSON object that must be of a known form, for reading documents back.
///
/// Each answer throws a ``Misfit`` that names the place. Members that are not asked for are passed
/// over, so that a later version may add some.
package struct JSONFields {
  /// What does not fit, and where.
  package struct Misfit: Error, Sendable, Equatable {
    /// Such as `workloads[3].drift[0].cause`.
    package var place: String
    /// What does not fit, in a clause.
    package var problem: String

    /// Creates one from its parts.
    package init(place: String, problem: String) {
      self.place = place
      self.problem = problem
    }
  }

  private let value: JSONValue
  private let place: String

  /// Takes an object, which `place` names in messages; throws for another value.
  package init(_ value: JSONValue, at place: String = "") throws(Misfit) {
    guard case .object = value else { throw Misfit(place: place, problem: "is not an object") }
    self.value = value
    self.place = place
  }

  /// The text of a member that must be there.
  package func text(_ name: String) throws(Misfit) -> String {
    guard let text = value[name]?.text else { throw misfit(name, "is not text") }
    return text
  }

  /// The text of a member; nil where it is absent or null.
  package func optionalText(_ name: String) throws(Misfit) -> String? {
    isAbsent(name) ? nil : try text(name)
  }

  /// A whole number of a member that must be there.
  package func integer(_ name: String) throws(Misfit) -> Int64 {
    guard case .number(let text)? = value[name], let number = JSONNumber.integer(text) else {
      throw misfit(name, "is not a whole number")
    }
    return number
  }

  /// A whole number of a member; nil where it is absent or null.
  package func optionalInteger(_ name: String) throws(Misfit) -> Int64? {
    isAbsent(name) ? nil : try integer(name)
  }

  /// A count or a place: a whole number that is not negative.
  package func count(_ name: String) throws(Misfit) -> Int {
    guard let count = Int(exactly: try integer(name)), count >= 0 else {
      throw misfit(name, "is negative")
    }
    return count
  }

  /// A time in UTC that the calendar has, in seconds since 1970.
  package func seconds(_ name: String) throws(Misfit) -> Int64 {
    let text = try text(name)
    guard let seconds = UTCTime.seconds(ofRFC3339: text), UTCTime.rfc3339(seconds) == text else {
      throw misfit(name, "is not a time such as 2026-01-31T12:00:00Z")
    }
    return seconds
  }

  /// A member that is true or false.
  package func flag(_ name: String) throws(Misfit) -> Bool {
    guard case .bool(let flag)? = value[name] else { throw misfit(name, "is not true or false") }
    return flag
  }

  /// One of a known set of words.
  package func choice<Choice: RawRepresentable<String>>(_ name: String, _: Choice.Type)
    throws(Misfit) -> Choice
  {
    let word = try text(name)
    guard let choice = Choice(rawValue: word) else {
      throw misfit(name, "is \"\(word.shownSafely)\", which is not known here")
    }
    return choice
  }

  /// Any value; null where it is absent.
  package func any(_ name: String) -> JSONValue { value[name] ?? .null }

  /// The members of an object.
  package func object(_ name: String) throws(Misfit) -> JSONFields {
    try JSONFields(any(name), at: path(name))
  }

  /// The members of an object; nil where it is absent or null.
  package func optionalObject(_ name: String) throws(Misfit) -> JSONFields? {
    isAbsent(name) ? nil : try object(name)
  }

  /// The texts of a list; empty where it is absent.
  package func texts(_ name: String) throws(Misfit) -> [String] {
    var texts: [String] = []
    for item in try items(name) {
      guard let text = item.text else { throw misfit(name, "does not hold texts alone") }
      texts.append(text)
    }
    return texts
  }

  /// Each object of a list; empty where it is absent.
  package func list<Item>(_ name: String, _ read: (JSONFields) throws(Misfit) -> Item)
    throws(Misfit) -> [Item]
  {
    var list: [Item] = []
    for (index, item) in try items(name).enumerated() {
      list.append(try read(JSONFields(item, at: "\(path(name))[\(index)]")))
    }
    return list
  }

  /// What is said of a member that does not fit.
  package func misfit(_ name: String, _ problem: String) -> Misfit {
    Misfit(place: path(name), problem: problem)
  }

  private func items(_ name: String) throws(Misfit) -> [JSONValue] {
    if isAbsent(name) { return [] }
    guard case .array(let items)? = value[name] else { throw misfit(name, "is not a list") }
    return items
  }

  private func isAbsent(_ name: String) -> Bool { any(name) == .null }

  private func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
