/// The lines of a `packed-refs`, found as git's `packed-backend.c` finds them.
///
/// Git looks for a name by halves. In a file whose lines are not in order although its header says `sorted`, it finds
/// some and misses others; so does this.
struct PackedReferences {
  /// How many digits an id has.
  private let digits: Int
  /// Lines in order, as far as git has put them in order: each an id, white space and a name, with what a tag leads
  /// to in the line after its own.
  private let bytes: [UInt8]
  /// Where the header ends.
  private let start: Int

  private static let lineBreak: UInt8 = 10
  private static let peeled = UInt8(ascii: "^")

  /// Why git refuses a file.
  struct Fault: Error {
    let text: String
  }

  /// Takes a file as it is on disk; throws where git refuses it whole.
  init(_ bytes: [UInt8], digits: Int) throws(Fault) {
    self.digits = digits
    guard !bytes.isEmpty else {
      (self.bytes, start) = (bytes, 0)
      return
    }
    guard bytes.last == Self.lineBreak else { throw Fault(text: "its last line does not end") }
    var start = 0
    var isSorted = false
    if bytes.first == UInt8(ascii: "#") {
      let header = bytes.prefix { $0 != Self.lineBreak }
      guard header.starts(with: "# pack-refs with:".utf8) else {
        throw Fault(text: "its first line is unknown")
      }
      start = header.count + 1
      isSorted = header.split(separator: 32).contains { $0.elementsEqual("sorted".utf8) }
    }
    self.start = start
    self.bytes = isSorted ? bytes : try Self.sorted(bytes, from: start, digits)
    let last = recordStart(at: bytes.count - 1, from: start)
    // Other lines are checked when the search reads them.
    if start < bytes.count, bytes.count - last < digits + 2 {
      throw Fault(text: "its last line is too short")
    }
  }

  /// The file with its lines in the order of their names.
  private static func sorted(
    _ bytes: [UInt8], from start: Int, _ digits: Int
  ) throws(Fault) -> [UInt8] {
    var records: [ArraySlice<UInt8>] = []
    var rest = bytes[start...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != lineBreak }
      if line.count < digits + 2 { throw Fault(text: "a line is too short") }
      var end = line.endIndex + 1
      if end < bytes.count, bytes[end] == peeled {
        end += bytes[end...].prefix { $0 != lineBreak }.count + 1
      }
      records.append(bytes[rest.startIndex..<end])
      rest = bytes[end...]
    }
    func name(_ record: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      record.dropFirst(digits + 1).prefix { $0 != lineBreak }
    }
    let isSorted = zip(records, records.dropFirst()).allSatisfy {
      name($0).lexicographicallyPrecedes(name($1))
    }
    if isSorted { return bytes }
    records.sort { name($0).lexicographicallyPrecedes(name($1)) }
    return Array(bytes[..<start]) + records.joined()
  }

  /// The line of a reference, from its id on; nil where git finds none.
  func line(of name: [UInt8]) -> ArraySlice<UInt8>? {
    var (low, high) = (start, bytes.count)
    while low != high {
      let middle = low + (high - low) / 2
      let record = recordStart(at: middle, from: low)
      switch order(of: record, name) {
      case 0: return bytes[record...]
      case ..<0: low = recordEnd(after: middle, before: high)
      default: high = record
      }
    }
    return nil
  }

  /// Below 0 where the name of a record comes before `name`, above where after.
  private func order(of record: Int, _ name: [UInt8]) -> Int {
    var at = record + digits + 1
    for byte in name {
      guard at < bytes.count, bytes[at] != Self.lineBreak else { return -1 }
      if bytes[at] != byte { return bytes[at] < byte ? -1 : 1 }
      at += 1
    }
    return at < bytes.count && bytes[at] == Self.lineBreak ? 0 : 1
  }

  private func recordStart(at place: Int, from first: Int) -> Int {
    var place = place
    while place > first, bytes[place - 1] != Self.lineBreak || bytes[place] == Self.peeled {
      place -= 1
    }
    return place
  }

  private func recordEnd(after place: Int, before end: Int) -> Int {
    var place = place + 1
    while place < end, bytes[place - 1] != Self.lineBreak || bytes[place] == Self.peeled {
      place += 1
    }
    return place
  }

  /// All names.
  var names: some Sequence<ArraySlice<UInt8>> {
    bytes[start...].split(separator: Self.lineBreak).lazy
      .filter { $0.count > digits + 1 && $0.first != Self.peeled }
      .map { $0.dropFirst(digits + 1) }
  }
}
