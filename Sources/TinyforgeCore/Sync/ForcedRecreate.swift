/// A static site of kind deno that has storage runs `recreate`, whatever is declared.
package enum ForcedRecreate {
  /// What to know where blue-green is declared; nil where it is not, or where the config tells that
  /// the site is another.
  ///
  /// The names of the members that tell kind and storage are assumed.
  package static func note(
    on managed: [DeclaredField], source: SourceKind, live: LiveConfig
  ) -> String? {
    guard source == .staticSite,
      managed.contains(where: {
        $0.field == SpecFieldTable.deployStrategy && $0.value == .text("blue-green")
      })
    else { return nil }
    let kind = ["kind", "site_kind"].lazy.compactMap { live.text($0) }.first
    let storage = live.json.members.first { $0.name.startsWithBytes(of: "storage") }.map {
      isOn($0.value)
    }
    if kind.map({ $0 != "deno" }) == true || storage == false { return nil }
    guard kind != nil, storage != nil else {
      return "a deno site with storage runs recreate although blue-green is declared; "
        + "source_config does not tell whether this is one"
    }
    return "this deno site has storage, and so runs recreate although blue-green is declared"
  }

  private static func isOn(_ value: JSONValue) -> Bool {
    switch value {
    case .null: false
    case .bool(let flag): flag
    case .number(let text): JSONNumber.integer(text) != 0
    case .string(let text): !text.isEmpty
    case .array(let items): !items.isEmpty
    case .object(let members): !members.isEmpty
    }
  }
}
