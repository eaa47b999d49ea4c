import TinyforgeCore

/// What is in the database, and who holds its locks.
extension SQLiteExamination {
  func open(_ place: DatabasePlace, _ report: inout DoctorReport) -> SQLiteStore? {
    do {
      // Nothing is changed, so a crashed writer's transaction is not rolled back either.
      let database = try SQLiteStore.open(
        path, access: .readOnly, busyTimeout: .seconds(1), rollsBack: false)
      report.done.insert(.database)
      return database
    } catch {
      // What keeps this user from reading was found among the permissions.
      if error.code == .denied, !place.obstacles(to: .reading).isEmpty { return nil }
      report.add(
        .fault, .database, error.sentence, command: Self.command(lookingInto: error, place.path))
      return nil
    }
  }

  /// A failure's own remedy where that is a command, else what looks closer at it.
  static func command(lookingInto failure: Failure, _ path: String) -> Remedy {
    if let remedy = command(in: failure) { return remedy }
    switch failure.code {
    case .denied: return "ls -ld \(shellWord(path))*"
    case .busy: return "fuser -v \(path)"
    default: return "sqlite3 \(path) 'PRAGMA integrity_check; PRAGMA table_info(workloads)'"
    }
  }

  private static func command(in failure: Failure) -> Remedy? {
    failure.remedy.flatMap { remedy in
      ["sudo ", "mv ", "sqlite3 "].contains { remedy.text.startsWithBytes(of: $0) } ? remedy : nil
    }
  }

  func examineSchema(
    _ database: SQLiteStore, _ place: DatabasePlace, _ report: inout DoctorReport
  ) {
    report.done.formUnion([.schema, .sqlite])
    for note in database.notes {
      report.add(
        .warning, .schema, note,
        command: "sqlite3 \(place.path) '.schema workloads' '.schema event_log'")
    }
    // The rest concerns those that write.
    guard aim(at: place) == .writing else { return }
    let unfillable = database.unfillableLogColumns
    if !unfillable.isEmpty {
      report.add(
        .fault, .schema,
        "event_log demands values for \(unfillable.joined(separator: ", ").shownSafely), which audit "
          + "rows do not have: every sync would be undone",
        command: "sqlite3 \(place.path) '.schema event_log'")
    }
    let triggers = (try? database.triggers()) ?? []
    if !triggers.isEmpty {
      report.add(
        .warning, .schema,
        "triggers exist on workloads or event_log (\(triggers.joined(separator: ", ").shownSafely)): a "
          + "sync that one of them changes or ignores is undone",
        command: "sqlite3 \(place.path) \"SELECT sql FROM sqlite_master WHERE type = 'trigger'\"")
    }
    guard SQLiteLibrary.isInWALResetRange, place.usesWriteAheadLog else { return }
    let isBundled = SQLiteLibrary.isBundled
    report.add(
      .warning, .sqlite,
      "SQLite \(SQLiteLibrary.version) is older than 3.51.3, in which two processes that reset the "
        + "write-ahead log at once may lose commits; these tools never reset it, other programs may. "
        + (isBundled
          ? "It came with this package: a newer package of the toolkit brings a newer one"
          : "Where the distribution has no newer one, there is nothing to install"),
      command: isBundled ? "plan --version" : "apt-cache policy libsqlite3-0")
  }

  /// A file whose rows are later than its last change was copied while a server wrote it, or has another file's time:
  /// what was committed to the log that is missing here is missing too.
  func examineCopy(
    _ database: SQLiteStore, _ place: DatabasePlace, _ report: inout DoctorReport
  ) throws(Failure) {
    guard place.lacksLog else { return }
    let latest = try database.recordedTimes().compactMap { one in
      UTCTime.seconds(ofRFC3339: one.time).map { (one.place, one.time, $0) }
    }
    .filter { !request.isAhead($0.1) }.max { $0.2 < $1.2 }
    // Times are recorded in whole seconds.
    guard let (what, time, seconds) = latest, seconds > place.modified + 1 else { return }
    report.add(
      .warning, .database,
      "\(what.shownSafely) is of \(time), but the file \(place.path.shownSafely) was changed last "
        + "at \(UTCTime.rfc3339(place.modified)) and has no write-ahead log beside it: it may be a copy "
        + "without its -wal file, which lacks the latest changes; make copies with sqlite3's .backup",
      command: "ls -l --full-time \(shellWord(place.path))*")
  }

  /// What apply refuses to write, unless it is told to.
  func examineOrigin(
    _ database: SQLiteStore, _ place: DatabasePlace, _ report: inout DoctorReport
  ) {
    do {
      try database.requireOriginal()
    } catch {
      report.add(
        .fault, .database,
        "\(error.message); plan and drift can be run on it, apply only with --allow-copy",
        command: "plan doctor --read-only --db \(place.path)")
    }
  }

  // MARK: Locks

  func examineLocks(_ place: DatabasePlace, _ report: inout DoctorReport) {
    report.done.insert(.locks)
    do {
      let (locks, failures) = try LockList.held(
        database: place.path, host: request.hostName)
      // What may not be read was found among the permissions.
      let odd = failures.filter { $0.remedy?.text.startsWithBytes(of: "mv ") == true }
      if let first = odd.first {
        let folder = "\(place.path).gitops-locks"
        let rest = odd.count == 1 ? "" : ", and \(odd.count - 1) more like it"
        // One remedy for all of them: a process that needs a lock makes its file anew.
        report.add(
          .fault, .locks, first.message + rest,
          command: odd.count == 1
            ? first.remedy ?? "" : "mv -T \(shellWord(folder)) \(shellWord(folder + ".aside"))")
      }
      if let holder = DatabaseHolder.current(of: place.path) {
        report.add(
          .warning, .locks,
          "the database itself is \(holder.isExclusive ? "locked exclusively" : "write-locked") by \(holder.shown)",
          command: holder.processID.map { "ps -fp \($0)" } ?? "fuser -v \(shellWord(place.path))")
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
}
