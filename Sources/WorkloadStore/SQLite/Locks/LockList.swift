import TinyforgeCore

/// Who holds the locks of a database at this moment; nothing is taken and nothing waited for.
enum LockList {
  /// The locks that are held, by the workloads' ids, and why nothing is known of others.
  ///
  /// `database` is its path with all links resolved; one that has no lock folder yet has no holders.
  /// Throws `.denied` where the folder may not be read.
  static func held(database: String, host: String) throws(Failure) -> (
    locks: [HeldLock], failures: [Failure]
  ) {
    guard let folder = try LockFolder.lookingAt(database: database) else { return ([], []) }
    var entries: [HeldLock] = []
    var failures: [Failure] = []
    for name in try folder.names() {
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
    guard let folder = try? LockFolder.lookingAt(database: database),
      let names = try? folder.names()
    else { return [] }
    return names.filter { $0.endsWithBytes(of: ".lock") }.map { "\(folder.path)/\($0)" }.sorted()
  }

  private static func entry(_ name: String, in folder: LockFolder, _ host: String)
    throws(Failure) -> HeldLock?
  {
    guard name.endsWithBytes(of: ".lock"), let file = try folder.lookingAt(name), file.isHeld()
    else {
      return nil
    }
    let note = LockNote.read(file)
    guard let workload = LockName.workload(ofFile: name) ?? note?.workload else { return nil }
    return HeldLock(
      workload: workload, holder: note?.holder, state: note?.holder.state(on: host) ?? .unknown)
  }
}
