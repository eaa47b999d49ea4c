package import Glibc
import TinyforgeCore

/// A user by its number.
package struct Account {
  let number: uid_t

  /// The user of that number.
  package init(_ number: uid_t) { self.number = number }

  /// The owner of a file or a folder; nil where it cannot be read.
  package init?(ofOwnerOf path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    number = facts.st_uid
  }

  /// Whether a file or folder belongs to this user.
  package static func owns(_ path: String) -> Bool {
    Account(ofOwnerOf: path)?.number == geteuid()
  }

  /// The name of the account; nil where this machine has none of that number.
  var name: String? {
    getpwuid(number).flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
  }

  /// Such as `tinyforge (uid 1000)`.
  package var described: String {
    name.map { "\($0.shownSafely) (uid \(number))" } ?? "uid \(number)"
  }

  /// What runs a command as this user.
  var prefix: Remedy { "sudo -u \(name ?? "#\(number)")" }

  /// Whether the user is in a group; nil where this machine has no account that says so.
  func isMember(of group: gid_t) -> Bool? {
    guard let entry = getpwuid(number)?.pointee, let name = entry.pw_name else { return nil }
    var groups = [gid_t](repeating: 0, count: 1024)
    var count = Int32(groups.count)
    let isWhole = getgrouplist(name, entry.pw_gid, &groups, &count) >= 0
    let found = groups.prefix(Int(count)).contains(group)
    return found || isWhole ? found : nil
  }
}
