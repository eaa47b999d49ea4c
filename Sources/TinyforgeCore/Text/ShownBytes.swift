extension String {
  /// The text of bytes that may not be UTF-8, such as those of a file's name: a byte that belongs to no character is
  /// written as `\xE9`.
  package init(showingBytes bytes: some Sequence<UInt8>) {
    self = ""
    var rest = Array(bytes)[...]
    while let byte = rest.first {
      let scalar = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }
        .first
      self += scalar ?? "\\x" + String(byte, radix: 16, uppercase: true)
      rest = rest.dropFirst(scalar?.utf8.count ?? 1)
    }
  }
}
