internal import Glibc
import TinyforgeCore

extension LockHolder {
  /// What the machine `host` says of the process; of one elsewhere nothing is known.
  func state(on host: String) -> State {
    guard self.host == host, processID > 0, let file = fopen("/proc/\(processID)/stat", "re") else {
      return .unknown
    }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    // The state follows the command's name, which is in parentheses and may contain parentheses.
    guard let end = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return .unknown }
    switch buffer[(end + 1)..<count].first(where: { $0 != 32 }).map(Unicode.Scalar.init) {
    case "T", "t": return .suspended
    case "Z", "X", .none: return .unknown
    default: return .running
    }
  }
}
