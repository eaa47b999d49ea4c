internal import CPosix
import Glibc

/// What a user namespace (of a container without root) shows of files' owners.
enum UserNamespace {
  /// The number that the kernel shows for a user or group that has none in the namespace.
  private static let overflow: uid_t = 65_534

  /// Whether the owner of that number may be another one, which has no number here.
  static func hides(_ owner: uid_t) -> Bool { owner == overflow && !isWhole("/proc/self/uid_map") }

  /// Whether the group of that number may be another one, which has no number here.
  static func hides(group: gid_t) -> Bool { group == overflow && !isWhole("/proc/self/gid_map") }

  /// In the first namespace all users have a number, and their own.
  private static func isWhole(_ map: String) -> Bool {
    guard let file = fopen(map, "re") else { return false }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return false }
    let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
    let numbers = words.compactMap { UInt64($0) }
    return numbers.count == 3 && numbers[0] == 0 && numbers[1] == 0 && numbers[2] >= 0xFFFF_FFFF
  }

  /// Whether root may give files to other users here.
  static var mayGiveFilesAway: Bool { tinyforge_may_give_files_away() == 1 }
}
