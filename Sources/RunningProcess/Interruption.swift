import Glibc
import Synchronization

/// The signals that ask a tool to end: SIGINT, SIGTERM and SIGHUP.
///
/// The first one ends the process at once, unless something is held that must not be left half done: then it is
/// noted, everything that waits is woken, and what holds ends the run. A second signal always ends at once.
///
/// Each tool begins with a hold, so that not even a signal in its first milliseconds takes the report. What has no report
/// releases it (``ReportingCommand``).
package enum Interruption {
  private static let noted = Atomic<Int32>(0)
  private static let holds = Atomic<Int>(0)
  private static let prints = Atomic<Int>(0)
  /// The end of a pipe that the handler writes to; -1 before ``openPipe()``.
  private static let writingEnd = Atomic<Int32>(-1)
  private static let readingEnd = Atomic<Int32>(-1)
  /// Whether a thread waits for signals, which also sees to the end of the run.
  private static let isWatched = Atomic<Bool>(false)

  /// How long a run may take to end, printing left out, in seconds.
  private static let grace: Int32 = 10

  /// The signal that was noted; nil where none was.
  package static var signal: Int32? {
    let number = noted.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Whether the run is to end.
  package static var isRequested: Bool { signal != nil }

  /// The name of one of the signals.
  package static func name(of signal: Int32) -> String {
    switch signal {
    case SIGINT: "SIGINT"
    case SIGHUP: "SIGHUP"
    default: "SIGTERM"
    }
  }

  /// From now on a signal is noted; to be followed by ``release()``, or by the end of the process.
  package static func hold() { holds.add(1, ordering: .sequentiallyConsistent) }

  /// Takes a ``hold()`` back; ends the process where a signal was noted and nothing else is held.
  package static func release() {
    let (_, left) = holds.subtract(1, ordering: .sequentiallyConsistent)
    if left == 0, let signal { _exit(128 + signal) }
  }

  /// Runs what must not be left half done: a signal ends the process after it.
  package static func whileHeld<Value, Fault: Error>(_ body: () throws(Fault) -> Value)
    throws(Fault) -> Value
  {
    hold()
    defer { release() }
    return try body()
  }

  /// The same for what is printed, which is waited for without a limit.
  package static func whilePrinting<Value>(_ body: () -> Value) -> Value {
    prints.add(1, ordering: .relaxed)
    defer { prints.subtract(1, ordering: .relaxed) }
    return whileHeld(body)
  }

  // MARK: Setting up

  /// Takes over the signals; SIGHUP stays ignored where it is, as `nohup` wants it.
  package static func takeSignals() {
    // Made now: within the handler nothing may be set up.
    _ = (isRequested, holds.load(ordering: .relaxed), writingEnd.load(ordering: .relaxed))
    _ = (prints.load(ordering: .relaxed), isWatched.load(ordering: .relaxed))
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var former = sigaction()
      sigaction(number, nil, &former)
      if number == SIGHUP, isIgnored(former) { continue }
      var action = sigaction()
      action.sa_flags = SA_RESTART
      action.__sigaction_handler.sa_handler = { Interruption.take($0) }
      sigaction(number, &action, nil)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Within the handler: only what is safe there.
  private static func take(_ number: Int32) {
    guard holds.load(ordering: .sequentiallyConsistent) > 0,
      noted.compareExchange(
        expected: 0, desired: number, ordering: .sequentiallyConsistent
      ).exchanged
    else { _exit(128 + number) }
    let code = errno
    let end = writingEnd.load(ordering: .relaxed)
    if end >= 0 { wake(end) }
    if !isWatched.load(ordering: .relaxed) { endLater() }
    errno = code
  }

  private static func wake(_ end: Int32) {
    var byte: UInt8 = 0
    _ = write(end, &byte, 1)
  }

  /// Ends the process where the run does not end soon; for where no thread watches over that.
  private static func endLater() {
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { _ in
      guard Interruption.prints.load(ordering: .relaxed) == 0 else {
        alarm(1)
        return
      }
      _exit(128 + Interruption.noted.load(ordering: .relaxed))
    }
    sigaction(SIGALRM, &action, nil)
    alarm(UInt32(grace))
  }

  /// Runs `wake` in a thread of its own once a signal is noted; ends the process where the run does not end
  /// soon after.
  package static func whenRequested(_ wake: @escaping @Sendable () -> Void) {
    guard openPipe() else { return }
    let watcher = Unmanaged.passRetained(Watcher(wake))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Watcher>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, watcher.toOpaque())
    guard status == 0 else { return watcher.release() }
    isWatched.store(true, ordering: .relaxed)
    pthread_detach(thread)
    // It was noted before anybody watched.
    if isRequested { Interruption.wake(writingEnd.load(ordering: .relaxed)) }
  }

  /// Makes the pipe that the handler writes to, unless it is there.
  private static func openPipe() -> Bool {
    guard readingEnd.load(ordering: .relaxed) < 0 else { return true }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readingEnd.store(ends[0], ordering: .relaxed)
    writingEnd.store(ends[1], ordering: .relaxed)
    return true
  }

  /// Waits until a descriptor can be read; false where a signal was noted before.
  package static func waitToRead(_ descriptor: Int32) -> Bool {
    guard openPipe() else { return !isRequested }
    while !isRequested {
      var waited = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readingEnd.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waited, 2, -1) >= 0 else { continue }
      if waited[0].revents != 0 { return !isRequested }
    }
    return false
  }

  /// The thread that passes a noted signal on.
  private final class Watcher: Sendable {
    private let wake: @Sendable () -> Void

    init(_ wake: @escaping @Sendable () -> Void) { self.wake = wake }

    func run() {
      // A signal belongs to a thread that may be waiting.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      var waited = pollfd(
        fd: readingEnd.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0)
      while poll(&waited, 1, -1) < 0 {}
      wake()
      poll(nil, 0, grace * 1000)
      while prints.load(ordering: .relaxed) > 0 { poll(nil, 0, 100) }
      if let signal { _exit(128 + signal) }
    }
  }
}
