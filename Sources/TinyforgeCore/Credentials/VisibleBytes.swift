/// A text without the characters that are shown as nothing: zero-width ones, soft hyphens, controls other than white space.
struct VisibleBytes {
  private(set) var bytes: [UInt8] = []
  /// Where each of `bytes` was.
  private var places: [Int] = []

  /// Nil where all of a text is visible.
  init?(_ text: [UInt8]) {
    guard text.contains(where: { $0 >= 0x80 || Self.isInvisible(Unicode.Scalar($0)) }) else {
      return nil
    }
    var parser = Unicode.UTF8.ForwardParser()
    var input = text.makeIterator()
    var position = 0
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        if !Self.isInvisible(Unicode.UTF8.decode(encoded)) { keep(text, position, encoded.count) }
        position += encoded.count
      case .error(let length):
        keep(text, position, length)
        position += length
      case .emptyInput: break loop
      }
    }
    if bytes.count == text.count { return nil }
  }

  private mutating func keep(_ text: [UInt8], _ start: Int, _ count: Int) {
    bytes += text[start..<start + count]
    places += start..<start + count
  }

  /// Where a span of `bytes` was in the text.
  func original(_ span: Range<Int>) -> Range<Int> {
    span.isEmpty ? 0..<0 : places[span.lowerBound]..<(places[span.upperBound - 1] + 1)
  }

  /// White space stays: it is what separates words.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    !("\t\n\r".unicodeScalars.contains(scalar)) && scalar.isUnsafeToShow
      && scalar != "\u{2028}" && scalar != "\u{2029}"
  }
}
