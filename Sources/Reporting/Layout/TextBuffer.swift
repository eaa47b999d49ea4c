/// A text that is put together from many small pieces.
///
/// It holds bytes: adding a piece to a `String` takes three times as long.
struct TextBuffer {
  private var bytes: [UInt8] = []

  /// The text as it is by now.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes the text out, and leaves the room for another.
  mutating func takeText() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return text
  }

  /// Adds a text.
  static func += (buffer: inout TextBuffer, text: String) {
    let isAdded: Void? = text.utf8.withContiguousStorageIfAvailable {
      buffer.bytes.append(contentsOf: $0)
    }
    if isAdded == nil { buffer.bytes.append(contentsOf: text.utf8) }
  }

  /// Adds an ASCII character.
  mutating func append(_ scalar: Unicode.Scalar) { bytes.append(UInt8(ascii: scalar)) }

  /// Adds ASCII characters.
  mutating func append(_ scalars: ArraySlice<Unicode.Scalar>) {
    bytes.append(contentsOf: scalars.lazy.map { UInt8(truncatingIfNeeded: $0.value) })
  }

  /// Adds an ASCII character so many times; not at all where the number is not positive.
  mutating func append(_ scalar: Unicode.Scalar, times count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: scalar), count: max(0, count)))
  }
}
