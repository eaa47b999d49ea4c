package import SystemPackage

extension FileDescriptor {
  /// The first bytes of an open file, at most `limit`, by one system call.
  ///
  /// A regular file that is shorter is read whole.
  package func beginning(upTo limit: Int) throws(Errno) -> [UInt8] {
    var fault: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      do {
        count = try read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        count = 0
        fault = error as? Errno ?? .ioError
      }
    }
    if let fault { throw fault }
    return bytes
  }

  /// The bytes of an open file up to its end, at most `limit`.
  package func contents(upTo limit: Int) throws(Errno) -> [UInt8] {
    var fault: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = 0
      do {
        while count < limit {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
          let got = try read(into: rest)
          if got == 0 { break }
          count += got
        }
      } catch { fault = error as? Errno ?? .ioError }
    }
    if let fault { throw fault }
    return bytes
  }
}

extension FilePath {
  /// The first bytes of a file, at most `limit`, read without waiting for a writer; nil if it cannot be read.
  package func beginning(upTo limit: Int) -> [UInt8]? {
    guard
      let descriptor = try? FileDescriptor.open(
        self, .readOnly, options: [.closeOnExec, .nonBlocking])
    else { return nil }
    defer { try? descriptor.close() }
    return try? descriptor.beginning(upTo: limit)
  }
}
