import Files
import Glibc
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// A folder that specs are exported into, each at `OWNER/REPO/PATH`.
///
/// Names come from the database: each step goes through the descriptor of the folder before, and none through a link.
struct ExportFolder {
  private let path: String
  private let force: Bool
  /// Fields that a snapshot leaves out.
  private let withheld: [WorkloadKey: [String]]
  private let console: Console

  init(_ path: String, force: Bool, withheld: [WorkloadKey: [String]], _ console: Console) {
    (self.path, self.force, self.withheld, self.console) = (path, force, withheld, console)
  }

  /// A spec with its place in the folder.
  private struct Spec {
    var workload: GitOpsWorkload
    var segments: [String]

    var shown: String { segments.joined(separator: "/").shownSafely }
    var name: String { workload.row.id.shownSafely }
    /// The bytes of the place: two names that are canonically equivalent are two files.
    var place: [UInt8] { Array(segments.joined(separator: "/").utf8) }
  }

  /// Writes the spec of each workload; what cannot be written is reported, and the rest is written.
  func write(_ rows: [Workload]) throws -> ExitStatus {
    var status = ExitStatus.clean
    func report(_ failure: Failure) {
      console.report(failure)
      status = status.combined(with: ExitStatus(failure))
    }
    var specs: [Spec] = []
    for row in rows {
      do throws(Failure) { specs.append(try Self.spec(of: row)) } catch { report(error) }
    }
    let places = Dictionary(grouping: specs, by: \.place)
    let folder = try open()
    for spec in specs where !Interruption.isRequested {
      do throws(Failure) {
        try requireAlone(spec, among: places[spec.place] ?? [])
        let made = SpecExport.spec(
          of: spec.workload.liveConfig, source: spec.workload.sourceKind,
          withheld: withheld[spec.workload.row.key] ?? [])
        for note in made.leftOut { console.warn("\(spec.shown): \(note)") }
        try write(Array(made.text.utf8), spec, in: folder)
        try console.print("\(spec.shown): \(made.declared.joined(separator: ", "))\n")
      } catch {
        report(error)
      }
    }
    return Interruption.isRequested ? .failed : status
  }

  private static func spec(of row: Workload) throws(Failure) -> Spec {
    let workload = try GitOpsWorkload(exporting: row)
    guard let place = workload.liveConfig.coordinates else {
      throw Failure(
        .usage, "the live config of the workload \(row.id.shownSafely) names no repository",
        remedy: "print its spec: plan export \(row.id)")
    }
    let path = "\(place.owner)/\(place.name)/\(row.gitopsPath)"
    if let fault = SpecPath.fault(path) {
      throw Failure(
        .usage, "the place \"\(path.shownSafely)\" of the workload \(row.id.shownSafely) \(fault)",
        remedy: "print its spec: plan export \(row.id)")
    }
    return Spec(
      workload: workload, segments: path.splitAtScalar("/").map(String.init))
  }

  /// Fails if another workload is among those that have the spec's place.
  private func requireAlone(_ spec: Spec, among specs: [Spec]) throws(Failure) {
    guard let other = specs.first(where: { $0.workload.row.key != spec.workload.row.key }) else {
      return
    }
    throw Failure(
      .usage,
      "the workloads \(spec.name) and \(other.name) have one place, \(spec.shown); neither is written",
      remedy: "print each of them: plan export \(spec.workload.row.id)")
  }

  // MARK: Files

  private func open() throws(Failure) -> Folder {
    do throws(PathWalk.Fault) {
      return try PathWalk.folder(at: path)
    } catch {
      guard error == .system(.noSuchFileOrDirectory) else { throw unusable(path, error) }
    }
    do throws(PathWalk.Fault) {
      let trimmed = path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path
      let (parent, name) = try PathWalk.parent(of: trimmed)
      do throws(Errno) {
        try parent.makeFolder(name, mode: 0o777)
        return try parent.folder(name)
      } catch { throw .system(error) }
    } catch {
      throw unusable(path, error)
    }
  }

  private func write(_ bytes: [UInt8], _ spec: Spec, in root: Folder) throws(Failure) {
    do throws(AtomicFile.Fault) {
      let folder = try folder(of: spec, in: root)
      let file = AtomicFile(spec.segments[spec.segments.count - 1], in: folder)
      let isWritten = try Interruption.whileHeld { () throws(AtomicFile.Fault) in
        if force {
          try file.replace(with: bytes, access: .asBeforeOrUmask, isDurable: false)
          return true
        }
        return try file.create(with: bytes) { descriptor throws(Errno) in
          // As any other file that is checked out.
          guard fchmod(descriptor.rawValue, 0o644) == 0 else { throw Errno(rawValue: errno) }
        }
      }
      guard !isWritten else { return }
    } catch {
      throw notWritten(spec, error)
    }
    throw Failure(
      .usage, "\(spec.shown) exists in \(path.shownSafely) and is not replaced",
      remedy: "replace it with --force, or name another folder with --into")
  }

  /// The folder of a spec, made where it is not there; no link on the way is followed.
  private func folder(of spec: Spec, in root: Folder) throws(AtomicFile.Fault) -> Folder {
    var folder = root
    for name in spec.segments.dropLast() {
      do throws(Errno) {
        do throws(Errno) { try folder.makeFolder(name, mode: 0o777) } catch .fileExists {}
        folder = try folder.folder(name)
      } catch {
        throw error == .notDirectory || error == .tooManySymbolicLinkLevels
          ? .link(name) : .system(error)
      }
    }
    return folder
  }

  private func notWritten(_ spec: Spec, _ fault: AtomicFile.Fault) -> Failure {
    let shown = "\(spec.shown) in \(path.shownSafely)"
    switch fault {
    case .link(let name):
      return Failure(
        .denied, "\(shown) is not written: \(name.shownSafely) is not a folder",
        remedy: "remove it, or name another folder with --into")
    case .notRegular, .severalNames, .changed:
      return Failure(
        .denied, "\(shown) is not a regular file, and is not replaced",
        remedy: "remove it, or name another folder with --into")
    case .system(let error):
      return Failure(
        .io, "\(shown) cannot be written: \(error.words)",
        remedy: "check the folder and its disk, or name another folder with --into")
    }
  }

  private func unusable(_ path: String, _ fault: PathWalk.Fault) -> Failure {
    let reason =
      switch fault {
      case .system(let error): error.words
      case .link(let link): "it leads through the link \(link.shownSafely) of another account"
      }
    return Failure(
      .io, "cannot open the folder \(path.shownSafely): \(reason)",
      remedy: "name a folder of your own with --into")
  }
}
