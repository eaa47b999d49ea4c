extension String {
  /// The text of these bytes as Go's JSON writes it: one U+FFFD for each byte that is not valid UTF-8.
  ///
  /// `String(decoding:as:)` writes one for a whole broken sequence.
  init(goText bytes: [UInt8]) {
    if let valid = String(validating: bytes, as: UTF8.self) {
      self = valid
      return
    }
    var scalars = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded): scalars.append(UTF8.decode(encoded))
      case .error(let length): scalars.append(contentsOf: repeatElement("\u{FFFD}", count: length))
      case .emptyInput:
        self = String(scalars)
        return
      }
    }
  }
}
