import FleetReading
import GitSpecs
import ProviderHTTP
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadStore

/// The rows, their repositories and their tokens.
extension Doctor {
  /// Returns the workloads whose repositories are worth a look.
  func examineRows(
    _ rows: [Workload], of database: any WorkloadStore, _ report: inout DoctorReport
  ) -> [GitOpsWorkload] {
    report.done.insert(.workloads)
    return rows.filter(\.gitopsEnabled).compactMap { row in
      do throws(GitOpsWorkload.Refusal) {
        let workload = try GitOpsWorkload(row)
        return hasUsablePath(row, &report) ? workload : nil
      } catch {
        note(error, row, of: database, &report)
        return nil
      }
    }
  }

  private func note(
    _ refusal: GitOpsWorkload.Refusal, _ row: Workload, of database: any WorkloadStore,
    _ report: inout DoctorReport
  ) {
    switch refusal {
    case .disabled: break
    case .ineligible:
      report.add(
        .warning, .workloads,
        "\(Self.name(row)) is opted in, but GitOps does not serve its source "
          + "(\(row.sourceKind.shownSafely))", command: "apply disable \(argument: row.id)")
    case .unusableConfig(let failure):
      guard hasUsablePath(row, &report) else { return }
      report.add(
        .fault, .workloads, "\(Self.name(row)): \(failure.message)",
        command: database.configCommand(row))
    }
  }

  private func hasUsablePath(_ row: Workload, _ report: inout DoctorReport) -> Bool {
    guard let fault = SpecPath.fault(row.gitopsPath) else { return true }
    report.add(
      .fault, .workloads,
      "the spec's path of \(Self.name(row)), \"\(row.gitopsPath.shownSafely)\", \(fault)",
      command: "apply enable --path \(SpecPath.usual) \(argument: row.id)")
    return false
  }

  private static func name(_ row: Workload) -> String {
    row.title.shownSafely
  }

  // MARK: Repositories

  /// The folders that mirrors are looked for in.
  func examineFolders(_ report: inout DoctorReport) {
    report.done.insert(.mirrors)
    if locator.mode != .http, locator.repository == nil, locator.mirrors.folders.isEmpty {
      report.add(
        .warning, .mirrors,
        locator.mode == .local
          ? "no folder of mirrors is named, so no spec can be read"
          : "no folder of mirrors is named, so every spec is read from its forge",
        command: "export TINYFORGE_MIRRORS=/srv/mirrors")
    }
    for folder in locator.mirrors.folders where !MirrorSet.canList(folder) {
      report.add(
        .fault, .mirrors,
        "the folder of mirrors \(folder.shownSafely) is not there, or may not be read by this user "
          + "(\(Environment.userName))", command: "ls -ld \(shellWord(folder))")
    }
  }

  func examineRepositories(
    _ workloads: [GitOpsWorkload], of database: any WorkloadStore, _ report: inout DoctorReport
  ) async {
    report.done.insert(.repositories)
    // Without the library none of them could be read, for this one cause.
    if locator.mode != .http, !workloads.isEmpty, let failure = LibGit2.startFailure {
      return report.add(
        .fault, .repositories, failure.message, command: failure.remedy ?? "ldconfig -p")
    }
    for workload in workloads { await examineRepository(workload, of: database, &report) }
  }

  private func examineRepository(
    _ workload: GitOpsWorkload, of database: any WorkloadStore, _ report: inout DoctorReport
  ) async {
    let (row, live) = (workload.row, workload.liveConfig)
    do {
      let source = try locator.source(of: live)
      let spec = try await locator.read(row, live: live, from: source)
      if let commit = spec.commit, let time = commit.committedAt, isAhead(time) {
        let place = "commit \(ObjectID.short(commit.id)) of \(Self.name(row))"
        note(aheadOfClock: place, time, &report)
      }
      examineFreshness(row, source, branch: live.coordinates?.branch, &report)
    } catch {
      report.add(
        .fault, .repositories,
        "\(Self.name(row)): \(error.message)\(whose(error, live.coordinates))",
        command: command(for: error, live.coordinates, row)
          ?? database.configCommand(row))
    }
  }

  /// Whose a repository is that git refuses for its owner, and as which user it would be read.
  private func whose(_ failure: Failure, _ coordinates: RepositoryCoordinates?) -> String {
    guard failure.message.endsWithBytes(of: " belongs to another user") else { return "" }
    let found = coordinates.flatMap {
      locator.mirrors.find(host: $0.host, owner: $0.owner, name: $0.name).found
    }
    guard let owner = (locator.repository ?? found).flatMap(Account.init(ofOwnerOf:)) else {
      return ""
    }
    return ", \(owner.described); run as that user, or trust the repository"
  }

  private func examineFreshness(
    _ row: Workload, _ source: SpecSource, branch: String?, _ report: inout DoctorReport
  ) {
    guard let fetch = freshness.lastFetch(of: source, branch: branch), fetch.isStale else { return }
    report.add(
      .warning, .repositories, "\(Self.name(row)): its \(fetch.clause)",
      command: "git -C \(shellWord(fetch.folder)) fetch --prune")
  }

  /// The command that fixes it: access to the mirror, what the failure names, or a clone; nil where the
  /// coordinates lead nowhere.
  private func command(
    for failure: Failure, _ coordinates: RepositoryCoordinates?, _ row: Workload
  ) -> Remedy? {
    let lookup = coordinates.map {
      locator.mirrors.find(host: $0.host, owner: $0.owner, name: $0.name)
    }
    if locator.mode != .http, let folder = locator.repository ?? lookup?.found {
      return command(for: failure, in: folder, coordinates, row)
    }
    // A name that could lead out of the folder of mirrors is looked for nowhere, and cloned nowhere.
    let isNameless = lookup?.tried.isEmpty == true && !locator.mirrors.folders.isEmpty
    guard let coordinates, let lookup, !isNameless else { return nil }
    if locator.mode == .http { return "curl -sSI \(Self.address(coordinates))" }
    switch MirrorSet.obstacle(among: lookup.tried) {
    case .unreadable(let folder): return Self.access(to: folder)
    case .incomplete(let folder): return Self.cloneAgain(coordinates, folder)
    case nil:
      let folder = locator.mirrors.folders.first
      let path = "\(folder ?? "/srv/mirrors")/\(coordinates.owner)/\(coordinates.name).git"
      let clone: Remedy = "git clone --mirror \(Self.address(coordinates)) \(shellWord(path))"
      // A clone in a folder that is not named would not be found.
      return folder == nil ? "export TINYFORGE_MIRRORS=/srv/mirrors && \(clone)" : clone
    }
  }

  /// The same for a repository that is there.
  private func command(
    for failure: Failure, in folder: String, _ coordinates: RepositoryCoordinates?, _ row: Workload
  ) -> Remedy {
    if !MirrorSet.isWhollyReadable(folder) { return Self.access(to: folder) }
    switch failure.code {
    // The branch or the commit is missing: the repository itself is sound.
    case .notFound: return "git -C \(shellWord(folder)) fetch --prune"
    // A clone of it would be of SHA-256 again.
    case .repository where failure.message.utf8.contains("extensions.objectformat".utf8):
      return "plan \(option: "--workload", row.id) --fetch http"
    case .repository where failure.message.utf8.contains("extensions.".utf8):
      if let coordinates { return Self.cloneAgain(coordinates, folder) }
    default: break
    }
    if let remedy = failure.remedy, remedy.text.startsWithBytes(of: "git ") { return remedy }
    return "git -C \(shellWord(folder)) fsck"
  }

  /// A clone in the place of what cannot be used, which is put aside.
  private static func cloneAgain(_ coordinates: RepositoryCoordinates, _ folder: String) -> Remedy {
    let word = shellWord(folder)
    return
      "mv \(word) \(word).$(date +%s) && git clone --mirror \(address(coordinates)) \(word)"
  }

  /// Where the repository is cloned from, as a word for the shell.
  private static func address(_ coordinates: RepositoryCoordinates) -> ShellWord {
    let host = coordinates.host ?? "HOST"
    return shellWord("https://\(host)/\(coordinates.owner)/\(coordinates.name).git")
  }

  /// What lets this user read a folder and all that is in it.
  private static func access(to folder: String) -> Remedy {
    let word = shellWord(folder)
    return Account.owns(folder)
      ? "chmod -R u+rX \(word)"
      : "sudo chgrp -R \"$(id -g)\" \(word) && sudo chmod -R g+rX \(word)"
  }

  // MARK: Tokens

  func examineTokens(_ workloads: [GitOpsWorkload], _ report: inout DoctorReport) {
    let sealed = workloads.compactMap { workload in
      workload.liveConfig.coordinates?.sealedToken.map { (workload.row, $0) }
    }
    report.done.insert(.tokens)
    if sealed.isEmpty { return }
    // Not the environment itself, which would show the key.
    let command: Remedy = "systemctl show tinyforge --property=EnvironmentFiles"
    guard let passphrase = Environment.variable("ENCRYPTION_KEY") else {
      return report.add(
        .warning, .tokens,
        "ENCRYPTION_KEY is not set, so \(sealed.count) encrypted "
          + (sealed.count == 1 ? "token of a workload" : "tokens of workloads")
          + " cannot be used to read specs over HTTP; local mirrors need none", command: command)
    }
    let key = EncryptionKey(passphrase: passphrase)
    for (row, token) in sealed where key.open(token) == nil {
      report.add(
        .fault, .tokens,
        "the access_token of \(Self.name(row)) cannot be decrypted with this ENCRYPTION_KEY",
        command: command)
    }
  }
}
