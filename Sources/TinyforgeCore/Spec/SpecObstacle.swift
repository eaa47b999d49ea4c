/// What may be at a spec's path instead of a file that can be read as one.
package enum SpecObstacle: Sendable, Equatable {
  case symbolicLink
  case directory
  case submodule
  /// A FIFO, a socket or a device.
  case specialFile
  /// A Git LFS pointer: the bytes in git are not the file.
  case lfsPointer
  /// Over the server's cap; the size is in bytes, nil where reading stopped at the cap.
  case tooLarge(Int?)
  /// The index holds conflicting sides of a merge.
  case mergeConflict
  /// Added with intent only (`git add -N`): the index holds no content yet.
  case intentToAdd

  /// The server's cap on a spec, in bytes (64 KiB).
  package static let sizeLimit = 65_536
}
