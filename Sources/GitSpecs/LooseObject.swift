internal import CGit2
internal import CZlib
internal import Glibc
internal import TinyforgeCore

/// What is known of an object before libgit2 reads it.
enum LooseObject {
  /// In a file of its own, whole; its size with its header, in bytes, where that was looked at.
  case whole(Int?)
  /// In a pack, in an alternate, or nowhere.
  case elsewhere
}

extension GitRepository {
  /// Throws where the object stands in a file of its own that breaks off or is damaged.
  ///
  /// libgit2 1.5.1 never returns from reading such a file: its inflating loop waits for output that
  /// does not come. Objects in packs and in alternates are not looked at here.
  @discardableResult
  func requireWhole(_ id: borrowing git_oid, _ operation: @autoclosure () -> String)
    throws(Failure) -> LooseObject
  {
    let key = ObjectKey(id)
    if wholeObjects.contains(key) { return .whole(nil) }
    let name = hexadecimal(id)
    let path = "\(commonFolder)objects/\(name.prefix(2))/\(name.dropFirst(2))"
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .elsewhere }
    defer { Glibc.close(file) }
    guard let size = Self.size(of: file) else {
      throw Failure(
        .repository,
        "cannot \(operation()) \(oneLine(folder)): the object \(name.prefix(12)) is damaged",
        remedy: "git -C \(shellWord(folder)) fsck")
    }
    wholeObjects.insert(key)
    return .whole(size)
  }

  /// The size of what the file holds, inflated; nil for what is not whole.
  private static func size(of file: Int32) -> Int? {
    // Nearly every object is smaller, and read by one call.
    let small = 16_384
    let found = withUnsafeTemporaryAllocation(byteCount: small, alignment: 1) { buffer -> Int?? in
      let count = Glibc.read(file, buffer.baseAddress, small)
      guard count >= 0 else { return .some(nil) }
      return count < small ? .some(inflatedSize(UnsafeRawBufferPointer(buffer)[..<count])) : nil
    }
    return found ?? sizeOfLarge(file)
  }

  private static func sizeOfLarge(_ file: Int32) -> Int? {
    let size = Int(lseek(file, 0, SEEK_END))
    guard size >= 0 else { return nil }
    // A larger object is refused by its header, before its bytes are inflated.
    guard size <= 8 << 20 else { return .max }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = Glibc.pread(
          file, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
        if read <= 0 { break }
        count += read
      }
    }
    return bytes.withUnsafeBytes { inflatedSize($0[...]) }
  }

  private static func inflatedSize(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    let rest = UnsafeRawBufferPointer(rebasing: bytes).assumingMemoryBound(to: UInt8.self)
    let size = tinyforge_zlib_size(rest.baseAddress, UInt32(rest.count))
    return size < 0 ? nil : Int(size)
  }
}

/// An object's id, to look it up by.
struct ObjectKey: Hashable {
  private let words: (UInt64, UInt64, UInt32)

  init(_ id: borrowing git_oid) {
    words = withUnsafeBytes(of: id.id) { bytes in
      (
        bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
      )
    }
  }

  static func == (left: ObjectKey, right: ObjectKey) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) {
    // The id is a hash already.
    hasher.combine(words.0)
  }
}
