package import TinyforgeCore

/// Where a person wrote tokens down: a file, else the variable `TINYFORGE_TOKEN`.
package struct WrittenTokens: Sendable {
  /// The file; nil for the variable.
  private let file: String?

  /// Takes the file that was named; nothing is read yet.
  package init(file: String?) { self.file = file }

  /// Reads the tokens: none where neither a file nor a variable is there.
  ///
  /// `variable` gives a variable's value, nil if it is unset; `contents` a file's bytes.
  package func entries(
    variable: (String) -> String?, contents: (String) throws(Failure) -> [UInt8]
  ) throws(Failure) -> [TokenBook.Entry] {
    if let file {
      let text = String(decoding: try contents(file), as: UTF8.self)
      return try Self.entries(in: text, named: "the token file")
    }
    let name = "TINYFORGE_TOKEN"
    guard let text = variable(name) else { return [] }
    let entries = try Self.entries(in: text, named: name)
    guard !entries.isEmpty else {
      throw Failure(.usage, "\(name) holds no token", remedy: "set it to one, or unset it")
    }
    return entries
  }

  private static func entries(in text: String, named name: String) throws(Failure)
    -> [TokenBook.Entry]
  {
    do throws(HTTPFault) {
      return try TokenBook.entries(in: text, named: name)
    } catch {
      throw Failure(.usage, error.message, remedy: error.remedy)
    }
  }
}
