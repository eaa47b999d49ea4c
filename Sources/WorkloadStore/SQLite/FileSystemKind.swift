internal import CPosix
import Glibc
import TinyforgeCore

/// What is known of the file system that a database lies on.
///
/// SQLite's write-ahead log shares memory between processes, and locks bytes of files: over a network
/// neither can be relied on (sqlite.org: "How To Corrupt An SQLite Database File").
struct FileSystemKind: Sendable, Equatable {
  /// Such as `nfs`.
  var name: String

  /// Nil for a file system that is local, as far as is known.
  static func network(at path: String) -> FileSystemKind? {
    let magic = tinyforge_file_system_magic(path)
    guard magic >= 0 else { return nil }
    if let name = names[magic] { return FileSystemKind(name: name) }
    guard magic == fuse, let type = MountTable.type(at: path), userSpace.contains(type) else {
      return nil
    }
    return FileSystemKind(name: type)
  }

  /// Why nothing is written there.
  func refusal(_ path: String) -> Failure {
    Failure(
      .denied,
      "the database \(path.shownSafely) lies on a network file system (\(name)), where neither "
        + "SQLite's write-ahead log nor the locks of this tool can be relied on",
      remedy: "run it on the machine whose local disk holds the database")
  }

  /// statfs(2)'s numbers of file systems whose files other machines change as well.
  private static let names: [Int64: String] = [
    0x6969: "nfs", 0x517B: "smb", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x5346_414F: "afs",
    0x6B41_4653: "afs", 0x7375_7245: "coda", 0x564C: "ncp", 0x0102_1997: "9p", 0x00C3_6400: "ceph",
    0x4750_4653: "gpfs", 0x0BD0_0BD0: "lustre", 0x0116_1970: "gfs2", 0x7461_636F: "ocfs2",
    0x1983_0326: "beegfs", 0x786F_4256: "vboxsf", 0xBEEF_DEAD: "smb3", 0xAAD7_AAEA: "panfs",
    0x013111A8: "ibrix", 0x2030_528: "pvfs2",
  ]

  private static let fuse: Int64 = 0x6573_5546

  /// File systems in user space that reach other machines, as the mount table names them.
  private static let userSpace: Set<String> = [
    "virtiofs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.rclone",
    "fuse.s3fs", "fuse.s3ql", "fuse.goofys", "fuse.gcsfuse", "fuse.juicefs", "fuse.davfs",
    "fuse.curlftpfs", "fuse.moosefs", "fuse.mfsmount", "fuse.seaweedfs", "fuse.grpcfuse",
    "fuse.smbnetfs", "fuse.vmhgfs-fuse", "fuse.blobfuse2", "fuse.lizardfs",
  ]
}
