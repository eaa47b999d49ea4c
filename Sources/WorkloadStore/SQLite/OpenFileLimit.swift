import Files
internal import SystemPackage
import TinyforgeCore

extension OpenFileLimit {
  /// What everything else needs beside locks: the database, repositories, connections to forges.
  private static let reserve = 256

  /// Makes room for that many locks, as far as the hard limit allows.
  static func makeRoom(for locks: Int) {
    guard let limit = current(), limit.soft < UInt(locks + reserve) else { return }
    _ = set(UInt(locks + reserve))
  }

  /// The failure of a file that could not be opened because too many are.
  static func failure(_ what: String, _ error: Errno) -> Failure {
    guard error == .tooManyOpenFiles else {
      return Failure(
        .busy, "\(what) cannot be opened: the system has too many open files (fs.file-max)",
        remedy: "try again later, or raise the limit: sysctl fs.file-nr fs.file-max")
    }
    let limit = current().map { "\($0.hard)" } ?? "its limit"
    return Failure(
      .io,
      "\(what) cannot be opened: this process already has \(limit) open files, as many as it may (its hard limit)",
      remedy:
        "raise the limit (ulimit -Hn, or LimitNOFILE= in the systemd unit), or apply fewer workloads at once"
    )
  }
}
