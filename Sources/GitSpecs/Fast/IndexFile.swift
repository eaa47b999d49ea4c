internal import CGit2
internal import TinyforgeCore

/// The entries of an index file, as git writes it in the versions 2 to 4 (gitformat-index).
///
/// It is read here and not by libgit2, which opens the file twice, and refuses one without a checksum (`index.skipHash`).
/// As git does, the checksum is not compared: a damaged file is known by its structure.
struct IndexFile {
  /// Why a file cannot be read.
  enum Fault: Error, Equatable {
    case damaged
    case version(UInt32)
    /// The shared index of that name, which a split one needs, cannot be read.
    case sharedIndex(String)
    /// What the file holds beside its entries, and must not be passed over.
    case neededExtension(String)
  }

  struct Entry {
    fileprivate var name: Range<Int>
    var mode: UInt32
    /// The object's id; in a repository of SHA-256 its beginning.
    var id: git_oid
    /// 0, or a side of a conflict.
    var stage: UInt8
    var isIntentToAdd: Bool

    /// Whether it represents a whole folder, as in a sparse index; its path then ends with a slash.
    var isFolder: Bool { mode == UInt32(GIT_FILEMODE_TREE.rawValue) }
  }

  private(set) var entries: [Entry] = []
  /// The paths of all entries, one after the other.
  private var names: [UInt8] = []
  /// What a split index says of its shared one.
  private(set) var link: IndexLink?

  /// The path of an entry.
  func path(of entry: Entry) -> ArraySlice<UInt8> { names[entry.name] }

  init() {}

  /// Reads one file, of which entries may be without a path if it is split.
  init(raw bytes: [UInt8], hashLength: Int) throws(Fault) {
    var reader = IndexReader(bytes: bytes, end: bytes.count - hashLength)
    guard try reader.number() == Self.signature else { throw .damaged }
    let version = try reader.number()
    guard 2...4 ~= version else { throw .version(version) }
    let count = Int(try reader.number())
    // Less than an entry takes, so that a wrong number reserves nothing.
    guard count <= bytes.count / 62 else { throw .damaged }
    entries.reserveCapacity(count)
    names.reserveCapacity(bytes.count)
    for _ in 0..<count { try readEntry(&reader, version, hashLength) }
    try readExtensions(&reader, hashLength)
  }

  /// Throws where an entry is without a path.
  func checkNames() throws(Fault) {
    guard entries.allSatisfy({ !$0.name.isEmpty }) else { throw .damaged }
  }

  static let hashLength = Int(GIT_OID_RAWSZ)
  /// `DIRC`.
  private static let signature: UInt32 = 0x4449_5243

  private mutating func readEntry(
    _ reader: inout IndexReader, _ version: UInt32, _ hashLength: Int
  ) throws(Fault) {
    let start = reader.at
    // Times and numbers of the file's inode.
    try reader.skip(24)
    let mode = try reader.number()
    try reader.skip(12)
    var id = git_oid()
    let hash = try reader.take(hashLength).prefix(Self.hashLength)
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

  /// Extensions whose names begin with a capital letter may be passed over; a sparse index is known by its entries.
  private mutating func readExtensions(_ reader: inout IndexReader, _ hashLength: Int)
    throws(Fault)
  {
    while reader.at + 8 <= reader.end {
      let name = try reader.take(4)
      let extent = try reader.take(Int(try reader.number()))
      if name.elementsEqual("link".utf8) {
        link = try IndexLink(extent, hashLength: hashLength)
      } else if !name.elementsEqual("sdir".utf8), !(0x41...0x5A ~= name.first ?? 0) {
        throw .neededExtension(String(decoding: name, as: UTF8.self))
      }
    }
  }
}

extension IndexFile {
  // MARK: What a split index changes

  /// Takes another entry in the place of one, under the same path.
  mutating func replace(_ place: Int, by entry: Entry) {
    let name = entries[place].name
    entries[place] = entry
    entries[place].name = name
  }

  /// Removes the entries at these places.
  mutating func remove(_ places: [Int]) {
    let gone = Set(places)
    entries = entries.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
  }

  /// Adds an entry at the end.
  mutating func append(_ entry: Entry, _ path: ArraySlice<UInt8>) {
    var entry = entry
    let start = names.count
    names += path
    entry.name = start..<names.count
    entries.append(entry)
  }

  /// Puts the entries in git's order; of two for one thing the one that was added last stays.
  mutating func sort() {
    var last: Entry?
    let sorted = entries.enumerated().sorted { left, right in
      precedes(left.element, right.element)
        || !precedes(right.element, left.element) && left.offset > right.offset
    }
    entries = sorted.map(\.element).filter { entry in
      defer { last = entry }
      return last.map { precedes($0, entry) } ?? true
    }
  }

  private func precedes(_ left: Entry, _ right: Entry) -> Bool {
    let (one, other) = (path(of: left), path(of: right))
    return one.elementsEqual(other)
      ? left.stage < right.stage : one.lexicographicallyPrecedes(other)
  }
}
