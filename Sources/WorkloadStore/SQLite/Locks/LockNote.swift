import Glibc
import SystemPackage
import TinyforgeCore

/// What a holder writes into its lock's file: one line, which older notes may follow.
///
/// The file is written over and never cut: a file that is cut to nothing and written again makes ext4 put it
/// to disk at once, and a commit beside it wait.
enum LockNote {
  private static let sizeLimit = 4096

  static func write(_ holder: WorkloadLock.Holder, workload: String, to file: borrowing LockFile) {
    let note: JSONValue = [
      "workload": .string(workload), "pid": .integer(holder.processID),
      "host": .string(holder.host), "actor": .string(holder.actor), "since": .string(holder.since),
      "tool": .string(holder.tool),
    ]
    let bytes = Array((JSONWriter.compact(note) + "\n").utf8)
    // Only for messages: a full disk must not keep a sync from running.
    _ = pwrite(file.descriptor.rawValue, bytes, bytes.count, 0)
  }

  /// Nil for anything but a note.
  static func read(_ file: borrowing LockFile) -> (workload: String?, holder: WorkloadLock.Holder)?
  {
    let bytes = (try? file.beginning(upTo: sizeLimit)) ?? []
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard !line.isEmpty, let note = try? JSONText(Array(line)),
      case .number(let pid) = note["pid"]
    else { return nil }
    let holder = WorkloadLock.Holder(
      processID: Int32(pid) ?? 0, host: note["host"]?.text ?? "?",
      actor: note["actor"]?.text ?? "?", since: note["since"]?.text ?? "?",
      tool: note["tool"]?.text ?? "?")
    return (note["workload"]?.text, holder)
  }
}
