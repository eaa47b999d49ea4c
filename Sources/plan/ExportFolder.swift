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
  }

  /// The places of all specs.
  ///
  /// Two of them exclude each other where one is the other's folder, or where they differ in case alone: to a forge that is
  /// one repository, and to some file systems one file.
  private struct Places {
    private var files: [[UInt8]: [Spec]] = [:]
    private var folders: [[UInt8]: [Spec]] = [:]

    init(_ specs: [Spec]) {
      for spec in specs {
        for folder in Self.folders(of: spec) { folders[folder, default: []].append(spec) }
        files[Self.file(of: spec), default: []].append(spec)
      }
    }

    /// A spec of another workload that has the place too, or needs it as a folder, or is a file where this one needs a folder.
    func rival(of spec: Spec) -> Spec? {
      let file = Self.file(of: spec)
      let above = Self.folders(of: spec).lazy.flatMap { files[$0] ?? [] }
      return ((files[file] ?? []) + (folders[file] ?? []) + above).first {
        $0.workload.row.key != spec.workload.row.key
      }
    }

    /// Bytes: two names that are canonically equivalent are two files.
    private static func file(of spec: Spec) -> [UInt8] { bytes(spec.segments[...]) }

    private static func folders(of spec: Spec) -> [[UInt8]] {
      (1..<spec.segments.count).map { bytes(spec.segments.prefix($0)) }
    }

    private static func bytes(_ segments: ArraySlice<String>) -> [UInt8] {
      Array(segments.joined(separator: "/").lowercased().utf8)
    }
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
    let places = Places(specs)
    let folder = try open()
    for spec in specs where !Interruption.isRequested {
      do throws(Failure) {
        if let rival = places.rival(of: spec) { throw Self.excluded(spec, by: rival) }
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

  /// Why neither of two specs is written.
  private static func excluded(_ spec: Spec, by rival: Spec) -> Failure {
    let (place, other) = (spec.shown, rival.shown)
    let reason =
      if place.hasSameBytes(as: other) {
        "have one place, \(place)"
      } else if spec.segments.count == rival.segments.count {
        "have places that differ in case alone, \(place) and \(other)"
      } else {
        "exclude each other: \(place.utf8.count < other.utf8.count ? place : other) would be a file and a folder"
      }
    return Failure(
      .usage, "the workloads \(spec.name) and \(rival.name) \(reason); neither is written",
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
