internal import CGit2
internal import TinyforgeCore

/// The entries of an index file, as git writes it in the versions 2 to 4 (gitformat-index).
///
/// It is read here and not by libgit2, which opens the file twice, and refuses one without a checksum (`index.skipHash`).
/// As git does, the checksum is not compared: of a damaged file the structure tells.
struct IndexFile {
  /// Why a file cannot be read.
  enum Fault: Error, Equatable {
    case damaged
    case version(UInt32)
    /// What the file holds beside its entries, and must not be passed over.
    case neededExtension(String)
  }

  struct Entry {
    fileprivate var name: Range<Int>
    var mode: UInt32
    var id: git_oid
    /// 0, or a side of a conflict.
    var stage: UInt8
    var isIntentToAdd: Bool
  }

  private(set) var entries: [Entry] = []
  /// The paths of all entries, one after the other.
  private var names: [UInt8] = []

  /// The path of an entry.
  func path(of entry: Entry) -> ArraySlice<UInt8> { names[entry.name] }

  init() {}

  init(_ bytes: [UInt8]) throws(Fault) {
    var reader = Reader(bytes: bytes, end: bytes.count - Self.hashLength)
    guard try reader.number() == Self.signature else { throw .damaged }
    let version = try reader.number()
    guard 2...4 ~= version else { throw .version(version) }
    let count = Int(try reader.number())
    // Less than an entry takes, so that a wrong number reserves nothing.
    guard count <= bytes.count / 62 else { throw .damaged }
    entries.reserveCapacity(count)
    names.reserveCapacity(bytes.count)
    for _ in 0..<count { try readEntry(&reader, version) }
    try Self.checkExtensions(&reader)
    // Of a split index, which the extensions have told, an entry may be without a path.
    guard entries.allSatisfy({ !$0.name.isEmpty }) else { throw .damaged }
  }

  private static let hashLength = Int(GIT_OID_RAWSZ)
  /// `DIRC`.
  private static let signature: UInt32 = 0x4449_5243

  private mutating func readEntry(_ reader: inout Reader, _ version: UInt32) throws(Fault) {
    let start = reader.at
    // Times and numbers of the file's inode.
    try reader.skip(24)
    let mode = try reader.number()
    try reader.skip(12)
    var id = git_oid()
    let hash = try reader.take(Self.hashLength)
    withUnsafeMutableBytes(of: &id.id) { $0.copyBytes(from: hash) }
    let flags = try reader.short()
    let more = version > 2 && flags & 0x4000 != 0 ? try reader.short() : 0
    let first = names.count
    if version == 4 {
      let before = entries.last?.name ?? 0..<0
      let dropped = try reader.offset()
      guard dropped <= before.count else { throw .damaged }
      names += names[before.dropLast(dropped)]
    }
    names += try reader.text()
    // From one to eight NULs fill the entry up.
    if version < 4 { reader.at = start + (reader.at - start + 7) & ~7 }
    entries.append(
      Entry(
        name: first..<names.count, mode: mode, id: id, stage: UInt8(flags >> 12 & 3),
        isIntentToAdd: more & 0x2000 != 0))
  }

  /// Extensions whose names begin with a capital letter may be passed over.
  private static func checkExtensions(_ reader: inout Reader) throws(Fault) {
    while reader.at + 8 <= reader.end {
      let name = try reader.take(4)
      guard let first = name.first, 0x41...0x5A ~= first else {
        throw .neededExtension(String(decoding: name, as: UTF8.self))
      }
      try reader.skip(Int(try reader.number()))
    }
  }

  /// Numbers in an index are big-endian.
  private struct Reader {
    let bytes: [UInt8]
    let end: Int
    var at = 0

    mutating func take(_ count: Int) throws(Fault) -> ArraySlice<UInt8> {
      try skip(count)
      return bytes[(at - count)..<at]
    }

    mutating func skip(_ count: Int) throws(Fault) {
      guard count <= end - at else { throw .damaged }
      at += count
    }

    mutating func number() throws(Fault) -> UInt32 {
      try take(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func short() throws(Fault) -> UInt16 {
      try take(2).reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// A number of seven bits a byte, each further byte counted from one.
    mutating func offset() throws(Fault) -> Int {
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
    mutating func text() throws(Fault) -> ArraySlice<UInt8> {
      guard at < end, let close = bytes[at..<end].firstIndex(of: 0) else { throw .damaged }
      defer { at = close + 1 }
      return bytes[at..<close]
    }
  }
}
