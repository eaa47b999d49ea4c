/// Reads the numbers and texts of an index from front to back; its numbers are big-endian.
struct IndexReader {
  let bytes: [UInt8]
  let end: Int
  var at = 0

  mutating func take(_ count: Int) throws(IndexFile.Fault) -> ArraySlice<UInt8> {
    try skip(count)
    return bytes[(at - count)..<at]
  }

  mutating func skip(_ count: Int) throws(IndexFile.Fault) {
    guard count >= 0, count <= end - at else { throw .damaged }
    at += count
  }

  mutating func number() throws(IndexFile.Fault) -> UInt32 {
    try take(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func short() throws(IndexFile.Fault) -> UInt16 {
    try take(2).reduce(0) { $0 << 8 | UInt16($1) }
  }

  mutating func word() throws(IndexFile.Fault) -> UInt64 {
    try take(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A number of seven bits a byte, each further byte counted from one.
  mutating func offset() throws(IndexFile.Fault) -> Int {
    var byte = try take(1).reduce(0, +)
    var value = Int(byte & 0x7F)
    while byte & 0x80 != 0 {
      guard value < 1 << 32 else { throw .damaged }
      byte = try take(1).reduce(0, +)
      value = (value + 1) << 7 | Int(byte & 0x7F)
    }
    return value
  }

  /// The bytes up to a NUL, which is taken along.
  mutating func text() throws(IndexFile.Fault) -> ArraySlice<UInt8> {
    guard at < end, let close = bytes[at..<end].firstIndex(of: 0) else { throw .damaged }
    defer { at = close + 1 }
    return bytes[at..<close]
  }

  /// The places of the bits that are set in a bitmap (EWAH, as git's `ewah_read_mmap` reads it); all are below `limit`.
  mutating func places(below limit: Int) throws(IndexFile.Fault) -> [Int] {
    // The number of bits, which the words tell as well.
    try skip(4)
    var (left, place, places) = (Int(try number()), 0, [Int]())
    while left > 0 {
      let marker = try word()
      let run = Int(marker >> 1 & 0xFFFF_FFFF) * 64
      if marker & 1 == 1 {
        // Beyond the last entry nothing is set, so that a wrong number costs nothing.
        guard run <= limit - place else { throw .damaged }
        places += place..<(place + run)
      }
      place += run
      let literals = Int(marker >> 33)
      left -= 1 + literals
      guard left >= 0 else { throw .damaged }
      for _ in 0..<literals {
        var bits = try word()
        while bits != 0 {
          let set = place + bits.trailingZeroBitCount
          guard set < limit else { throw .damaged }
          places.append(set)
          bits &= bits - 1
        }
        place += 64
      }
    }
    // Where the last marker is, for those who add to it.
    try skip(4)
    return places
  }
}
