internal import Glibc
import SystemPackage
import TinyforgeCore

extension DatabaseHolder {
  /// The process that the kernel names as the holder of SQLite's locks; nil where there is none.
  ///
  /// sqlite.org: "File Locking And Concurrency", "WAL-mode File Format". Takes nothing and does not wait. Nil as well
  /// where the files may not be read.
  static func current(of database: String) -> DatabaseHolder? {
    let pending: Int64 = 0x4000_0000
    if let file = LastingDescriptor.of(database) {
      // A lock for reading on the range that readers share is only refused by an exclusive lock.
      let shared = ByteRange(start: pending + 2, count: 510)
      if let found = holder(file, shared, refusing: .shared) { return found }
      let reserved = ByteRange(start: pending + 1, count: 1)
      if let found = holder(file, reserved, refusing: .exclusive) { return found }
    }
    // In the shared memory of a write-ahead log byte 120 is the writer's.
    guard let file = LastingDescriptor.of(database + "-shm") else { return nil }
    return holder(file, ByteRange(start: 120, count: 1), refusing: .exclusive)
  }

  private static func holder(
    _ file: FileDescriptor, _ range: ByteRange, refusing kind: ByteRange.Kind
  ) -> DatabaseHolder? {
    guard let process = range.holder(file, refusing: kind), process != getpid() else { return nil }
    return DatabaseHolder(
      processID: process > 0 ? process : nil, program: program(of: process),
      isExclusive: kind == .shared)
  }

  private static func program(of process: Int32) -> String {
    guard process > 0, let file = fopen("/proc/\(process)/comm", "re") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self)
  }

  /// A failure that says who keeps the database locked, in place of one that only says that it is.
  static func explain(_ failure: Failure, _ database: String) -> Failure {
    guard failure.code == .busy, let holder = current(of: database) else { return failure }
    var told = failure
    guard holder.isExclusive else {
      told.message += "; \(holder.shown) is writing it"
      return told
    }
    let shown = database.shownSafely
    told.message =
      "the database \(shown) is locked exclusively by \(holder.shown): no other program can read or write it"
    let find: Remedy =
      holder.processID.map { "ps -fp \($0)" } ?? "fuser -v \(shellWord(database))"
    told.remedy =
      "if it uses PRAGMA locking_mode=EXCLUSIVE, trying again does not help: end it, or let it use "
      + "locking_mode=NORMAL (\(find))"
    return told
  }
}
