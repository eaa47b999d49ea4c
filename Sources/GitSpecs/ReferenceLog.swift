internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

extension References {
  /// The id that a reference held so many changes ago, as its log says; nil where it does not say.
  ///
  /// As in git, a log that is empty says that nothing changed, and so does none of the branch of `HEAD`.
  func target(of logged: LoggedTarget) throws(Failure) -> git_oid? {
    guard let (log, id) = try log(of: logged.name) else { return nil }
    // Git ignores lines that are not in the format of a log.
    let lines = log.split(separator: UInt8(ascii: "\n")).filter(Self.isLogLine)
    if logged.changes < lines.count {
      return Self.id(lines[lines.count - 1 - logged.changes].dropFirst(Self.digits + 1))
    }
    guard logged.changes == lines.count else { return nil }
    guard let oldest = lines.first else { return id }
    // Of an expired log the oldest line still says what was before.
    return oldest.prefix(Self.digits).allSatisfy { $0 == UInt8(ascii: "0") } ? nil : Self.id(oldest)
  }

  /// Whether a line is of the form `OLD NEW NAME <MAIL> SECONDS ZONE`, as git's `show_one_reflog_ent` reads it.
  private static func isLogLine(_ line: ArraySlice<UInt8>) -> Bool {
    let (space, start) = (UInt8(ascii: " "), line.startIndex)
    guard line.count > 2 * (digits + 1), line[start + digits] == space,
      line[start + 2 * digits + 1] == space, id(line) != nil,
      id(line.dropFirst(digits + 1)) != nil,
      let mail = line.dropFirst(2 * (digits + 1)).firstIndex(of: UInt8(ascii: ">"))
    else { return false }
    let rest = line[(mail + 1)...]
    let seconds = rest.dropFirst().prefix(while: isDigit)
    let zone = rest.dropFirst(1 + seconds.count)
    return rest.first == space && seconds.contains { $0 != UInt8(ascii: "0") }
      && zone.first == space && "+-".utf8.contains(zone.dropFirst().first ?? space)
      && zone.dropFirst(2).prefix(while: isDigit).count >= 4
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The log that git takes for a short name, with the id that the reference leads to now.
  private func log(of name: String) throws(Failure) -> (log: [UInt8], id: git_oid)? {
    if name.isEmpty {
      guard let head = try resolved("HEAD") else { return nil }
      return (try bytes(ofLog: head.name) ?? [], head.id)
    }
    for path in Self.names(ofShort: name) {
      guard let found = try resolved(path) else { continue }
      for place in [path, found.name] {
        if let log = try bytes(ofLog: place) { return (log, found.id) }
      }
    }
    return nil
  }

  private func bytes(ofLog name: String) throws(Failure) -> [UInt8]? {
    let file = file(of: name, in: "logs")
    do throws(Errno) {
      guard try Stat(file).type == .regular else { return nil }
      return try ConfigurationReader.bytes(of: file, limit: 1 << 30)
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .notDirectory: return nil
      case .permissionDenied:
        throw Failure(
          .denied, "cannot read \(file.shownSafely): permission denied",
          remedy: RepositoryOwner.runAsOwner(of: file))
      default: throw Failure(.io, "cannot read \(file.shownSafely): \(error)")
      }
    }
  }
}
