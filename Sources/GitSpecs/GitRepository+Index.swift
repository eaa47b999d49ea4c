internal import CGit2
internal import Glibc
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// Reads the index.
  ///
  /// A lock on it does not matter: git replaces the index as a whole.
  ///
  /// Throws `.usage` for a bare repository, and where the index that git named is not there.
  package func index() throws(Failure) -> SpecIndex {
    let file = try indexFile()
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try Self.contents(file)
    } catch {
      // A repository in which nothing was added has none.
      if error == .noSuchFileOrDirectory { return SpecIndex(self, IndexFile()) }
      throw IndexFile.failure(error, file)
    }
    do throws(IndexFile.Fault) {
      return SpecIndex(self, try IndexFile(bytes, in: gitFolder))
    } catch {
      throw error.failure(of: file, in: folder)
    }
  }

  /// The tree of a folder within another; nil where none is there.
  func tree(_ folder: FilePath, in root: OpenTree) throws(Failure) -> OpenTree? {
    var tree = root
    for name in folder.components {
      guard let entry = tree[name], entry.obstacle == .directory else { return nil }
      tree = try openTree(entry.id)
    }
    return tree
  }

  static func contents(_ file: FilePath) throws(Errno) -> [UInt8] {
    do {
      let descriptor = try FileDescriptor.open(file, .readOnly, options: [.closeOnExec])
      return try descriptor.closeAfter {
        let size = Int(try Stat(descriptor).size)
        return size == 0 ? [] : try WorkTreeFile.contents(descriptor, size: size)
      }
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// The index's path.
  ///
  /// Git names it to hooks from the root of the work tree on, wherever they run.
  private func indexFile() throws(Failure) -> FilePath {
    guard let named = environment.indexFile else {
      if !isBare { return gitFolder.appending("index") }
      throw Failure(
        .usage, "the bare repository \(folder.shownSafely) has no index",
        remedy: "name a revision, or a repository with a work tree")
    }
    let file = (workTree ?? ".").pushing(named)
    // A missing index is an empty one, in which nothing is to be checked.
    guard file.withPlatformString({ Glibc.access($0, F_OK) }) == 0 else {
      throw Failure(
        .notFound, "the index \(file.shownSafely), which GIT_INDEX_FILE names, does not exist",
        remedy: "unset GIT_INDEX_FILE")
    }
    return file
  }
}
