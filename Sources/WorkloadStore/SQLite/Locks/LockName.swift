internal import TinyforgeCore

/// How the files of locks are named.
enum LockName {
  /// The lock's file: the id itself where it is a plain name, in hexadecimal otherwise.
  static func file(of workload: String) -> String {
    let isPlain = workload.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
    if isPlain, (1...120).contains(workload.utf8.count) { return "\(workload).lock" }
    if workload.utf8.count <= 120 {
      return "_" + workload.utf8.map(hex).joined() + ".lock"
    }
    // Two ids that share a file only take turns; nothing is lost by it.
    return "__\(workload.utf8.count)-" + FNV1a.digits(workload) + ".lock"
  }

  /// The workload whose lock the file of that name is; nil for a name that is a digest of an id.
  static func workload(ofFile name: String) -> String? {
    let stem = name.endsWithBytes(of: ".lock") ? name.dropLast(5) : name[...]
    guard stem.startsWithBytes(of: "_") else { return String(stem) }
    guard !stem.startsWithBytes(of: "__"), stem.utf8.count % 2 == 1 else { return nil }
    let digits = Array(stem.dropFirst().utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    return bytes.contains(nil) ? nil : String(decoding: bytes.compactMap(\.self), as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
  }
}
