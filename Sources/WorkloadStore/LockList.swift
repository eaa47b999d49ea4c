import Glibc
package import TinyforgeCore

/// Who holds the locks of a database at this moment; nothing is taken and nothing waited for.
package enum LockList {
  /// The locks that are held, by the workloads' ids, and why nothing can be told of others.
  ///
  /// `database` is its path with all links resolved; one that has no lock folder yet has no holders.
  /// Throws `.denied` where the folder may not be read.
  package static func held(database: String, host: String) throws(Failure) -> (
    locks: [HeldLock], failures: [Failure]
  ) {
    let folder = LockFolder(database: database)
    guard let directory = try folder.listing() else { return ([], []) }
    defer { closedir(directory) }
    var entries: [HeldLock] = []
    var failures: [Failure] = []
    for name in names(in: directory) {
      do throws(Failure) {
        if let entry = try entry(name, in: folder, host) { entries.append(entry) }
      } catch {
        failures.append(error)
      }
    }
    return (entries.sorted { $0.workload < $1.workload }, failures)
  }

  /// The files of the locks, held or not; none where the folder cannot be listed.
  static func files(database: String) -> [String] {
    let folder = LockFolder(database: database)
    guard let directory = (try? folder.listing()) ?? nil else { return [] }
    defer { closedir(directory) }
    return names(in: directory).filter { $0.hasSuffix(".lock") }.map { "\(folder.path)/\($0)" }
      .sorted()
  }

  private static func names(in directory: OpaquePointer) -> [String] {
    var names: [String] = []
    while let item = readdir(directory) {
      names.append(
        withUnsafeBytes(of: &item.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  private static func entry(_ name: String, in folder: LockFolder, _ host: String)
    throws(Failure) -> HeldLock?
  {
    guard name.hasSuffix(".lock"), let file = try LockFile(lookingAt: "\(folder.path)/\(name)"),
      file.isHeld()
    else { return nil }
    let note = LockNote.read(file)
    guard let workload = LockFolder.workload(ofFile: name) ?? note?.workload else { return nil }
    return HeldLock(
      workload: workload, holder: note?.holder, state: note?.holder.state(on: host) ?? .unknown)
  }
}

extension LockHolder {
  /// What the machine `host` says of the process; of one elsewhere nothing can be told.
  package func state(on host: String) -> State {
    guard self.host == host, processID > 0, let file = fopen("/proc/\(processID)/stat", "re") else {
      return .unknown
    }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    // The state stands behind the command's name, which is in parentheses and may hold some.
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return .unknown }
    switch text[text.index(after: end)...].first(where: { $0 != " " }) {
    case "T", "t": return .suspended
    case "Z", "X", .none: return .unknown
    default: return .running
    }
  }
}
