import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadStore

/// The database's place, what is in it, and its locks.
extension Doctor {
  /// What is to be possible with a database there.
  func aim(at place: DatabasePlace) -> DatabaseAim {
    place.readOnlyMount == nil ? aim : .reading
  }

  /// Nil if nothing more can be checked.
  func examinePlace(_ report: inout DoctorReport) -> DatabasePlace? {
    let place: DatabasePlace
    do {
      place = DatabasePlace(try WorkloadDatabase.resolve(databasePath))
    } catch {
      report.add(
        .fault, .database, error.message, command: "ls -ld \(shellWord(databasePath))")
      return nil
    }
    if let network = place.network {
      report.add(
        .fault, .database, network.refusal(place.path).message,
        command: Self.localCopy(of: place.path))
    }
    if place.isMountedAlone {
      report.add(
        .fault, .database, WorkloadDatabase.mountedAlone(place.path).sentence,
        command: "findmnt --target \(place.path)")
      return nil
    }
    if place.names > 1 {
      report.add(
        .fault, .database,
        "the database \(place.path.shownSafely) has \(place.names) names (hard links), of which each "
          + "would have a write-ahead log and locks of its own: it is not used",
        command: "find / -xdev -inum \(place.inode)")
      return nil
    }
    examineMount(place, &report)
    examinePermissions(place, &report)
    return place
  }

  /// Never over a database that is there.
  private static func localCopy(of path: String) -> Remedy {
    let copy = "/var/lib/tinyforge/tinyforge.db"
    return "test ! -e \(copy) && sqlite3 \(path) '.backup \(copy)'"
  }

  private func examineMount(_ place: DatabasePlace, _ report: inout DoctorReport) {
    if aim == .writing, let mount = place.readOnlyMount {
      report.add(
        .warning, .permissions,
        "the database \(place.path.shownSafely) is on a file system that is mounted read-only here "
          + "(\(mount.shownSafely)): plan and drift can be run here, apply only where the server runs",
        command: "plan doctor --read-only --db \(place.path)")
    }
    guard let overlay = place.overlay else { return }
    report.add(
      .warning, .database,
      "the database \(place.path.shownSafely) is on an overlay file system (\(overlay.mount.shownSafely)): "
        + "a server that uses the folder below it shares neither locks nor changes with it, so what is read "
        + "here may be mixed, and what is written here the server never sees; use the server's own folder",
      command: overlay.fileBelow.map { "plan doctor --db \($0)" }
        ?? "findmnt --target \(place.path)")
  }

  // MARK: Permissions

  private func examinePermissions(_ place: DatabasePlace, _ report: inout DoctorReport) {
    report.done.insert(.permissions)
    let aim = aim(at: place)
    let obstacles = place.obstacles(to: aim)
    for obstacle in obstacles {
      report.add(
        .fault, .permissions,
        "\(Self.named(obstacle)) cannot be \(aim == .reading ? "read" : "read and written") by this user "
          + "(\(Environment.userName))"
          + (aim == .reading ? "" : ", as SQLite's log and a sync need it")
          + (place.isOwnerHidden ? "; this user namespace does not know the database's owner" : ""),
        command: command(obstacle, place, aim))
    }
    guard obstacles.isEmpty, aim == .writing, let failure = place.newFileRefusal else { return }
    report.add(
      .fault, .permissions, failure.sentence,
      command: runAsOwner(place, aim))
  }

  private static func named(_ obstacle: AccessObstacle) -> String {
    let shown = obstacle.paths.prefix(2).map(\.shownSafely)
    let rest = obstacle.paths.count - shown.count
    return rest > 0
      ? "\(shown.joined(separator: ", ")) and \(rest) more"
      : shown.joined(separator: " and ")
  }

  private func command(
    _ obstacle: AccessObstacle, _ place: DatabasePlace, _ aim: DatabaseAim
  ) -> Remedy {
    switch obstacle.cause {
    case .ownMode: return Self.each(of: obstacle, place, "chmod ", "u+rwX")
    case .foreignFile:
      return Self.each(of: obstacle, place, "sudo chown ", "--reference=\(place.path)")
    case .foreignDatabase:
      // The owner itself is kept out of the folder: that depends on what else is in it.
      return DatabasePlace.isOwn(place.path)
        ? "ls -ld \(place.folder) \(place.path)" : runAsOwner(place, aim)
    }
  }

  private func runAsOwner(_ place: DatabasePlace, _ aim: DatabaseAim) -> Remedy {
    if place.isOwnerHidden { return "cat /proc/self/uid_map" }
    let option: Remedy = self.aim == .reading ? " --read-only" : ""
    return "sudo -u \(place.owner) plan doctor\(option) --db \(place.path)"
  }

  /// One command for all files of an obstacle: those of the locks by their folder, with all that is in it.
  private static func each(
    of obstacle: AccessObstacle, _ place: DatabasePlace, _ command: Remedy, _ change: Remedy
  ) -> Remedy {
    let plain = obstacle.paths.filter { !$0.startsWithBytes(of: place.lockFolder) }
    let whole: Remedy = "\(command)-R \(change) \(place.lockFolder)"
    guard !plain.isEmpty else { return whole }
    let single = plain.reduce(command + change) { "\($0) \($1)" }
    return plain.count == obstacle.paths.count ? single : "\(single) && \(whole)"
  }

  // MARK: Content

  func open(_ place: DatabasePlace, _ report: inout DoctorReport) -> WorkloadDatabase? {
    do {
      // Nothing is changed, so a crashed writer's transaction is not rolled back either.
      let database = try WorkloadDatabase.open(
        place.path, access: .readOnly, busyTimeout: .seconds(1), rollsBack: false)
      report.done.insert(.database)
      return database
    } catch {
      // What keeps this user from reading was found among the permissions.
      if error.code == .denied, !place.obstacles(to: .reading).isEmpty { return nil }
      report.add(
        .fault, .database, error.sentence, command: Self.command(error, place.path))
      return nil
    }
  }

  /// A failure's own remedy where that is a command, else what looks closer at it.
  static func command(_ failure: Failure, _ path: String) -> Remedy {
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
    _ database: WorkloadDatabase, _ place: DatabasePlace, _ report: inout DoctorReport
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
    _ database: WorkloadDatabase, _ place: DatabasePlace, _ report: inout DoctorReport
  ) throws(Failure) {
    guard place.lacksLog else { return }
    let latest = try database.recordedTimes().compactMap { one in
      UTCTime.seconds(ofRFC3339: one.time).map { (one.place, one.time, $0) }
    }
    .filter { !isAhead($0.1) }.max { $0.2 < $1.2 }
    // Times are recorded in whole seconds.
    guard let (what, time, seconds) = latest, seconds > place.modified + 1 else { return }
    report.add(
      .warning, .database,
      "\(what.shownSafely) is of \(time), but the file \(place.path.shownSafely) was changed last "
        + "at \(UTCTime.rfc3339(place.modified)) and has no write-ahead log beside it: it may be a copy "
        + "without its -wal file, which lacks the latest changes; make copies with sqlite3's .backup",
      command: "ls -l --full-time \(shellWord(place.path))*")
  }

  // MARK: Locks

  func examineLocks(_ place: DatabasePlace, _ report: inout DoctorReport) {
    report.done.insert(.locks)
    do {
      let (locks, failures) = try LockList.held(
        database: place.path, host: Environment.hostName)
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
