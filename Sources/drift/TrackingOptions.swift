import ArgumentParser
import DriftTracking
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Which earlier report the run is compared with, and how long drift has to last.
struct TrackingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The last run's report (--format json or jsonl): says since when each field drifts, and what is new, lasting and resolved. "
        + "A file that does not exist yet is a first run.", valueName: "report"),
    completion: .file())
  var previous: String?

  @Option(
    help: ArgumentHelp(
      "With --previous: drift that lasts less long, such as 30m, 1h or 2d, is a note and no finding.",
      valueName: "duration"))
  var minAge: TimeSpan?

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    previous = line.value("--previous")
    minAge = line.value("--min-age", TimeSpan.init(argument:))
    line.check(validate)
  }

  func validate() throws {
    guard minAge == nil || previous != nil else {
      throw ValidationError(
        "--min-age needs --previous FILE, the last run's report, to know how long drift has lasted")
    }
  }

  /// Checks that the report which the next run is to read stays one.
  func check(output: String?, isJSON: Bool) throws {
    guard let previous, let output, previous.hasSameBytes(as: output), !isJSON else { return }
    throw ValidationError(
      "--output would replace the report of --previous by one that the next run cannot read: add --format json"
    )
  }

  /// What dates drift by the earlier report; nil where none is named.
  func tracker(at now: Int64, _ console: Console) throws(Failure) -> DriftTracker? {
    guard let previous else { return nil }
    let report = try PreviousReport.read(previous, now: now)
    if report == nil {
      console.hint(
        "note: \(previous.shownSafely) does not exist: this is taken for the first run, and all "
          + "drift is new")
    }
    return DriftTracker(report ?? .none, now: now, minimumAge: minAge)
  }
}
