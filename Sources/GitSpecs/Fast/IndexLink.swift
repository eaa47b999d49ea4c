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
