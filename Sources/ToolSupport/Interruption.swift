package import ArgumentParser
import Glibc
import Synchronization

/// The signals that ask a tool to end: SIGINT, SIGTERM and SIGHUP.
///
/// The first one ends the process at once, unless something is held that must not be left half done: then it is
/// noted, everything that waits is woken, and whoever holds ends the run. A second signal always ends at once.
package enum Interruption {
  private static let noted = Atomic<Int32>(0)
  private static let holds = Atomic<Int>(0)
  private static let prints = Atomic<Int>(0)
  /// The end of a pipe that the handler writes to; -1 before ``whenRequested(_:)``.
  private static let writingEnd = Atomic<Int32>(-1)
  private static let readingEnd = Atomic<Int32>(-1)

  /// How long a run may take to end, printing left out, in milliseconds.
  private static let grace: Int32 = 10_000

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

  /// What a process ends with that a signal ended.
  package static func exitCode(of signal: Int32) -> ExitCode { ExitCode(128 + signal) }

  /// What a command ends with: the signal's status where one was noted, else its own.
  package static func exitCode(or status: ExitStatus) -> ExitCode {
    signal.map(exitCode) ?? status.code
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
  static func whilePrinting<Value>(_ body: () -> Value) -> Value {
    prints.add(1, ordering: .relaxed)
    defer { prints.subtract(1, ordering: .relaxed) }
    return whileHeld(body)
  }

  // MARK: Setting up

  /// Takes over the signals; SIGHUP stays ignored where it is, as `nohup` wants it.
  static func takeSignals() {
    // Made now: within the handler nothing may be set up.
    _ = (isRequested, holds.load(ordering: .relaxed), writingEnd.load(ordering: .relaxed))
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
    var byte: UInt8 = 0
    _ = write(writingEnd.load(ordering: .relaxed), &byte, 1)
    errno = code
  }

  /// Runs `wake` in a thread of its own once a signal is noted; ends the process where the run does not end
  /// soon after.
  static func whenRequested(_ wake: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readingEnd.store(ends[0], ordering: .relaxed)
    writingEnd.store(ends[1], ordering: .relaxed)
    let watcher = Unmanaged.passRetained(Watcher(wake))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Watcher>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, watcher.toOpaque())
    guard status == 0 else { return watcher.release() }
    pthread_detach(thread)
  }

  /// Waits until a descriptor can be read; false where a signal was noted before.
  static func waitToRead(_ descriptor: Int32) -> Bool {
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
      poll(nil, 0, grace)
      while prints.load(ordering: .relaxed) > 0 { poll(nil, 0, 100) }
      if let signal { _exit(128 + signal) }
    }
  }
}
