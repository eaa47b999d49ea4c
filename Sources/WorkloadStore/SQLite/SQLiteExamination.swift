import TinyforgeCore

/// What the doctor checks of a database in a SQLite file: its place, what is in it, and its locks.
struct SQLiteExamination {
  /// The path as it was given.
  let path: String
  let request: StoreExamination

  init(_ path: String, _ request: StoreExamination) {
    self.path = path
    self.request = request
  }

  /// Opens the database, unless nothing more can be checked.
  func examine(_ report: inout DoctorReport) -> (any WorkloadStore)? {
    guard let place = examinePlace(&report), let database = open(place, &report) else { return nil }
    examineSchema(database, place, &report)
    if aim(at: place) == .writing {
      examineLocks(place, &report)
      examineOrigin(database, place, &report)
    }
    do {
      try examineCopy(database, place, &report)
    } catch {
      report.add(
        .fault, .database, error.message, command: Self.command(lookingInto: error, place.path))
      return nil
    }
    return database
  }

  // MARK: The place

  /// What is to be possible with a database there.
  func aim(at place: DatabasePlace) -> DatabaseAim {
    place.readOnlyMount == nil ? request.aim : .reading
  }

  /// Nil if nothing more can be checked.
  private func examinePlace(_ report: inout DoctorReport) -> DatabasePlace? {
    let place: DatabasePlace
    do {
      place = DatabasePlace(try SQLiteStore.resolve(path))
    } catch {
      report.add(
        .fault, .database, error.message, command: "ls -ld \(shellWord(path))")
      return nil
    }
    if let network = place.network {
      report.add(
        .fault, .database, network.refusal(place.path).message,
        command: Self.localCopy(of: place.path))
    }
    if place.isMountedAlone {
      report.add(
        .fault, .database, SQLiteStore.mountedAlone(place.path).sentence,
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
    if request.aim == .writing, let mount = place.readOnlyMount {
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
          + "(\(request.userName))"
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
      return Account.owns(place.path)
        ? "ls -ld \(place.folder) \(place.path)" : runAsOwner(place, aim)
    }
  }

  private func runAsOwner(_ place: DatabasePlace, _ aim: DatabaseAim) -> Remedy {
    if place.isOwnerHidden { return "cat /proc/self/uid_map" }
    let option: Remedy = request.aim == .reading ? " --read-only" : ""
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
}
