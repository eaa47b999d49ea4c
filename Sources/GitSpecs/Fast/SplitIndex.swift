internal import SystemPackage

/// What the extension `link` of a split index says: which file holds most of the entries, and what of it no longer holds
/// (gitformat-index, "Split index").
struct IndexLink {
  /// The checksum of the shared index, by which its file is called.
  private let checksum: ArraySlice<UInt8>
  /// The bitmaps of what is gone and of what is replaced.
  private var bitmaps: IndexReader

  init(_ extent: ArraySlice<UInt8>, hashLength: Int) throws(IndexFile.Fault) {
    guard extent.count >= hashLength else { throw .damaged }
    checksum = extent.prefix(hashLength)
    let rest = Array(extent.dropFirst(hashLength))
    bitmaps = IndexReader(bytes: rest, end: rest.count)
  }

  /// The name of the shared index; nil where there is none yet.
  var fileName: String? {
    if checksum.allSatisfy({ $0 == 0 }) { return nil }
    let digits = checksum.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    return "sharedindex." + digits.joined()
  }

  /// Whether the bytes are those of the shared index: it ends with its checksum.
  func names(_ bytes: [UInt8]) -> Bool { bytes.suffix(checksum.count).elementsEqual(checksum) }

  /// The places in the shared index of what is gone, and of what is replaced, in the order of the index.
  func changes(of count: Int) throws(IndexFile.Fault) -> (gone: [Int], replaced: [Int]) {
    var bitmaps = bitmaps
    if bitmaps.end == 0 { return ([], []) }
    return (try bitmaps.places(below: count), try bitmaps.places(below: count))
  }
}

extension IndexFile {
  /// Reads an index whose shared one, if it has one, is beside it in git's folder.
  init(_ bytes: [UInt8], in gitFolder: FilePath, hashLength: Int = Self.hashLength) throws(Fault) {
    try self.init(raw: bytes, hashLength: hashLength)
    guard let link, let name = link.fileName else {
      try checkNames()
      return
    }
    guard let shared = try? GitRepository.contents(gitFolder.appending(name)), link.names(shared)
    else { throw .sharedIndex(name) }
    let base = try IndexFile(raw: shared, hashLength: hashLength)
    // A shared index has no further one.
    guard base.link == nil else { throw .damaged }
    try base.checkNames()
    self = try merged(into: base, link)
  }

  /// The shared index with the changes of this one: first come those that replace entries, without a path.
  private func merged(into base: IndexFile, _ link: IndexLink) throws(Fault) -> IndexFile {
    let (gone, replaced) = try link.changes(of: base.entries.count)
    var result = base
    guard replaced.count <= entries.count else { throw .damaged }
    for (place, entry) in zip(replaced, entries) {
      guard path(of: entry).isEmpty else { throw .damaged }
      result.replace(place, by: entry)
    }
    result.remove(gone)
    for entry in entries.dropFirst(replaced.count) {
      guard !path(of: entry).isEmpty else { throw .damaged }
      result.append(entry, path(of: entry))
    }
    result.sort()
    return result
  }
}
