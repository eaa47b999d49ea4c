import GitSpecs
package import TinyforgeCore
import ToolSupport
import WorkloadStore

/// Looks at what the tools rest on: the database, its place and its rows, the mirrors, the clock.
package struct Doctor: Sendable {
  let databasePath: String
  let selection: WorkloadSelection
  private(set) var locator: SpecLocator
  /// Which tokens go where depends on the workloads.
  private let locate: @Sendable ([Workload]) throws(Failure) -> SpecLocator
  /// How old a mirror's last fetch may be, in seconds.
  let staleAfter: Int64
  /// Seconds since 1970.
  let now: Int64

  /// A selection of none looks at every row.
  package init(
    databasePath: String, selection: WorkloadSelection,
    locate: @escaping @Sendable ([Workload]) throws(Failure) -> SpecLocator, staleAfter: Int64,
    now: Int64
  ) throws(Failure) {
    self.databasePath = databasePath
    self.selection = selection
    self.locate = locate
    locator = try locate([])
    self.staleAfter = staleAfter
    self.now = now
  }

  /// Looks at everything that can be reached; never fails.
  package func examine() async -> DoctorReport {
    var report = DoctorReport()
    examineFolders(&report)
    guard let place = examinePlace(&report), let database = open(place, &report) else {
      return report
    }
    examineSchema(database, place, &report)
    examineLocks(place, &report)
    do {
      try examineClock(database, &report)
      let rows =
        selection.isEmpty ? try database.workloads() : try selection.choose(from: database)
      let served = examineRows(rows, of: database, &report)
      var doctor = self
      doctor.locator = try locate(served)
      for row in served { await doctor.examineRepository(row, of: database, &report) }
      report.done.insert(.repositories)
      examineTokens(served, &report)
    } catch {
      report.add(.fault, .database, error.message, command: Self.command(error, place.path))
    }
    return report
  }

  // MARK: The database

  private func examinePlace(_ report: inout DoctorReport) -> DatabasePlace? {
    let place: DatabasePlace
    do {
      place = DatabasePlace(try WorkloadDatabase.resolve(databasePath))
    } catch {
      report.add(
        .fault, .database, error.message, command: "ls -ld \(shellWord(databasePath))")
      return nil
    }
    if let network = place.network {
      let failure = network.refusal(place.path)
      report.add(
        .fault, .database, failure.message,
        command: Self.localCopy(of: place.path))
    }
    if place.isMountedAlone {
      report.add(
        .fault, .database, Inspection.sentence(WorkloadDatabase.mountedAlone(place.path)),
        command: "findmnt --target \(shellWord(place.path))")
    }
    if place.names > 1 {
      report.add(
        .fault, .database,
        "the database \(place.path.shownSafely) has \(place.names) names (hard links), of which each "
          + "would have a write-ahead log and locks of its own: apply refuses it",
        command: "find / -xdev -inum \(place.inode)")
    }
    examinePermissions(place, &report)
    return place
  }

  private func examinePermissions(_ place: DatabasePlace, _ report: inout DoctorReport) {
    report.done.insert(.permissions)
    for obstacle in place.obstacles {
      report.add(
        .fault, .permissions,
        "\(Self.named(obstacle)) cannot be read and written by this user "
          + "(\(Environment.userName)), as SQLite's log and a sync need it",
        command: Self.command(obstacle, place))
    }
  }

  /// A failure's remedy where that is a command.
  private static func command(in failure: Failure) -> Remedy? {
    failure.remedy.flatMap { remedy in
      ["sudo ", "mv "].contains { remedy.text.startsWithBytes(of: $0) } ? remedy : nil
    }
  }

  private static func named(_ obstacle: DatabasePlace.Obstacle) -> String {
    guard let first = obstacle.lockFiles.first else { return obstacle.path.shownSafely }
    return "\(obstacle.lockFiles.count) lock files in \(obstacle.path.shownSafely), such as "
      + "\(first.shownSafely),"
  }

  private static func command(_ obstacle: DatabasePlace.Obstacle, _ place: DatabasePlace) -> Remedy
  {
    let file = shellWord(obstacle.path)
    let recursive: Remedy = obstacle.lockFiles.isEmpty ? "" : "-R "
    if let mount = obstacle.readOnlyMount { return "sudo mount -o remount,rw \(shellWord(mount))" }
    if obstacle.isOwn { return "chmod \(recursive)u+rwX \(file)" }
    return obstacle.isForeign && obstacle.path != place.folder
      ? "sudo chown \(recursive)--reference=\(shellWord(place.path)) \(file)"
      : "sudo -u \(shellWord(place.owner)) plan doctor --db \(shellWord(place.path))"
  }

  /// Never over a database that is there.
  private static func localCopy(of path: String) -> Remedy {
    let copy = "/var/lib/tinyforge/tinyforge.db"
    return "test ! -e \(copy) && sqlite3 \(shellWord(path)) '.backup \(copy)'"
  }

  private func open(_ place: DatabasePlace, _ report: inout DoctorReport) -> WorkloadDatabase? {
    do {
      let database = try WorkloadDatabase.open(
        place.path, access: .readOnly, busyTimeout: .seconds(1))
      report.done.insert(.database)
      return database
    } catch {
      report.add(
        .fault, .database, Inspection.sentence(error), command: Self.command(error, place.path))
      return nil
    }
  }

  /// What looks closer at a failure whose remedy is advice rather than a command.
  private static func command(_ failure: Failure, _ path: String) -> Remedy {
    let file = shellWord(path)
    switch failure.code {
    case .denied: return "ls -ld \(file)*"
    case .busy: return "fuser -v \(file)"
    default: return "sqlite3 \(file) 'PRAGMA integrity_check; PRAGMA table_info(workloads)'"
    }
  }

  private func examineSchema(
    _ database: WorkloadDatabase, _ place: DatabasePlace, _ report: inout DoctorReport
  ) {
    report.done.formUnion([.schema, .sqlite])
    let file = shellWord(place.path)
    for note in database.notes {
      report.add(
        .warning, .schema, note, command: "sqlite3 \(file) '.schema workloads' '.schema event_log'")
    }
    let unfillable = database.unfillableLogColumns
    if !unfillable.isEmpty {
      report.add(
        .fault, .schema,
        "event_log demands values for \(unfillable.joined(separator: ", ").shownSafely), which audit "
          + "rows do not have: every sync would be undone",
        command: "sqlite3 \(file) '.schema event_log'")
    }
    let triggers = (try? database.triggers()) ?? []
    if !triggers.isEmpty {
      report.add(
        .warning, .schema,
        "triggers stand on workloads or event_log (\(triggers.joined(separator: ", ").shownSafely)): a "
          + "sync that one of them changes or ignores is undone",
        command: "sqlite3 \(file) \"SELECT sql FROM sqlite_master WHERE type = 'trigger'\"")
    }
    guard SQLiteLibrary.isInWALResetRange, (try? database.usesWriteAheadLog()) == true else {
      return
    }
    report.add(
      .warning, .sqlite,
      "SQLite \(SQLiteLibrary.version) is older than 3.51.3, in which two processes that reset the "
        + "write-ahead log at once may lose commits; these tools never reset it, other programs may",
      command: "apt-get install --only-upgrade libsqlite3-0 sqlite3")
  }

  private func examineLocks(_ place: DatabasePlace, _ report: inout DoctorReport) {
    report.done.insert(.locks)
    do {
      let (locks, failures) = try LockList.held(
        database: place.path, host: Environment.hostName)
      // What may not be read was found among the permissions.
      let odd = failures.filter { $0.remedy?.text.startsWithBytes(of: "mv ") == true }
      if let first = odd.first {
        let folder = "\(place.path).gitops-locks"
        let rest = odd.count == 1 ? "" : ", and \(odd.count - 1) more like it"
        // One remedy for all of them: whoever needs a lock makes its file anew.
        report.add(
          .fault, .locks, first.message + rest,
          command: odd.count == 1
            ? first.remedy ?? "" : "mv -T \(shellWord(folder)) \(shellWord(folder + ".aside"))")
      }
      if let writer = DatabaseWriter.current(of: place.path) {
        report.add(
          .warning, .locks,
          "the database itself is \(writer.isExclusive ? "locked exclusively" : "write-locked") by \(writer.shown)",
          command: writer.processID.map { "ps -fp \($0)" } ?? "fuser -v \(shellWord(place.path))")
      }
      for lock in locks where lock.state == .suspended {
        guard let holder = lock.holder else { continue }
        report.add(
          .fault, .locks,
          "the lock of workload \(lock.workload.shownSafely) is held by process \(holder.processID) "
            + "of \(holder.actor.shownSafely), which is suspended",
          command: "kill -CONT \(holder.processID)")
      }
    } catch {
      report.add(
        .fault, .locks, error.message,
        command: Self.command(in: error)
          ?? "ls -ld \(shellWord(place.path)).gitops-locks")
    }
  }

  // MARK: The clock

  /// Clocks of two machines differ by seconds; by more, "the latest" is another one on each.
  static let clockTolerance: Int64 = 300

  private func examineClock(_ database: WorkloadDatabase, _ report: inout DoctorReport)
    throws(Failure)
  {
    report.done.insert(.clock)
    let ahead = try database.recordedTimes().filter { isAhead($0.time) }
    guard let worst = ahead.max(by: { $0.time < $1.time }) else { return }
    note(aheadOfClock: worst.place, worst.time, &report)
  }

  func isAhead(_ time: String) -> Bool {
    UTCTime.seconds(ofRFC3339: time).map { $0 > now + Self.clockTolerance } ?? false
  }

  func note(aheadOfClock place: String, _ time: String, _ report: inout DoctorReport) {
    let seconds = (UTCTime.seconds(ofRFC3339: time) ?? now) - now
    report.add(
      .fault, .clock,
      "\(place.shownSafely) is of \(time), \(TimeSpanText.words(seconds)) later than this machine's "
        + "clock (\(UTCTime.rfc3339(now))): one of the clocks is wrong",
      command: "sudo timedatectl set-ntp true")
  }
}
