internal import SystemPackage

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
