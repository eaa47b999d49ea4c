extension SpecSnapshot.Content {
  /// The first bytes of the pointer that git has in place of a file that Git LFS stores.
  private static let lfsMark = Array("version https://git-lfs.github.com/spec/v1".utf8)

  /// Bytes within the cap, unless they are only a pointer to the file.
  package static func judged(_ bytes: [UInt8]) -> Self {
    if bytes.count > SpecObstacle.sizeLimit { return .refused(.tooLarge(bytes.count)) }
    return bytes.starts(with: lfsMark) ? .refused(.lfsPointer) : .file(bytes)
  }
}
