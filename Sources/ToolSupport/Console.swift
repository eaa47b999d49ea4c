import Glibc
package import Reporting
import RunningProcess
internal import Synchronization
import SystemPackage
package import TinyforgeCore

/// Standard output and standard error, with the contract's rules on colours.
package struct Console: Sendable {
  /// The style of results, on standard output.
  package let output: TextStyle
  /// The style of warnings, hints and failures, on standard error.
  package let error: TextStyle
  private let isQuiet: Bool

  /// Creates a console; colours are asked of both streams.
  package init(color: ColorMode, quiet: Bool) {
    output = Self.style(color, STDOUT_FILENO)
    error = Self.style(color, STDERR_FILENO)
    isQuiet = quiet
  }

  /// Writes a result, in the form that it is made in.
  ///
  /// A reader that has gone away (`| head`) is not a failure; a full disk is one.
  package func print(_ text: String, as form: CommandGuard.Form = .text) throws(Failure) {
    try print([text], as: form)
  }

  /// Writes a result that is in pieces, which no signal takes apart.
  package func print(_ pieces: [String], as form: CommandGuard.Form = .text) throws(Failure) {
    if pieces.contains(where: { !$0.isEmpty }) { Self.printed.store(true, ordering: .relaxed) }
    let fault = Interruption.whilePrinting { () -> Int32? in
      for piece in Self.joined(pieces) {
        if let fault = Self.write(piece, as: form, to: STDOUT_FILENO) { return fault }
      }
      return nil
    }
    if fault == EPIPE { Self.closed.store(true, ordering: .relaxed) }
    guard let fault, fault != EPIPE else { return }
    guard fault != EBADF else {
      throw Failure(
        .io, "standard output is closed, so the result cannot be written",
        remedy: "where no output is wanted, send it to /dev/null: >/dev/null")
    }
    throw Failure(
      .io, "standard output cannot be written: \(Errno(rawValue: fault).words)",
      remedy: "check where the output is sent, and that its disk has room")
  }

  /// The pieces joined to few that are worth a system call each.
  private static func joined(_ pieces: [String]) -> [String] {
    var joined: [String] = []
    for piece in pieces {
      let place = joined.count - 1
      if place >= 0, joined[place].utf8.count + piece.utf8.count <= pieceSize {
        joined[place] += piece
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  private static let pieceSize = 1 << 16

  /// Whether a result was written, or a part of one.
  static var hasPrinted: Bool { printed.load(ordering: .relaxed) }

  private static let printed = Atomic(false)

  /// Whether the reader of standard output has gone away, so that there is no use in writing more.
  package static var isReaderGone: Bool { closed.load(ordering: .relaxed) }

  private static let closed = Atomic(false)

  /// Writes a hint or a summary, unless `--quiet` was given.
  package func hint(_ text: String) {
    guard !isQuiet else { return }
    _ = Self.write(
      error.wrapped(Self.phrases.message(text.withoutUserinfo)) + "\n", to: STDERR_FILENO)
  }

  /// Writes a warning.
  package func warn(_ text: String) {
    let label = error.paint(Self.phrases.warningLabel, .warning)
    let line = error.wrapped("\(label) \(Self.phrases.message(text.withoutUserinfo))\n")
    _ = Self.write(line, to: STDERR_FILENO)
  }

  /// Writes a failure; without its remedy where `--quiet` was given.
  package func report(_ failure: Failure) {
    var failure = failure
    if isQuiet { failure.remedy = nil }
    _ = Self.write(failure.shown(style: error, phrases: Self.phrases), to: STDERR_FILENO)
  }

  /// The language of standard error: that of the command line or of the environment, English for a tool that has no
  /// `--lang`.
  private static let phrases = Phrases(
    ToolMain.hasLanguages.load(ordering: .relaxed)
      ? GivenOutput(StartedWith.arguments).language : .en)

  /// Writes to standard error as it is, `--quiet` or not: what a question needs.
  package func show(_ text: String) { Self.show(text) }

  static func show(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Shows a question and reads the answer; whether it is `yes`, and neither another word nor the end of input.
  package func confirms(_ question: String) -> Bool {
    show(question)
    guard let answer = Self.readLine() else {
      // The end of input, within a line too, leaves the cursor after the question.
      show("\n")
      return false
    }
    return answer == "yes"
  }

  /// The line that a person types; nil at the end of input and at a signal.
  ///
  /// Read byte by byte: what follows the line is somebody else's.
  package static func readLine() -> String? {
    var line: [UInt8] = []
    while Interruption.waitToRead(STDIN_FILENO) {
      var byte: UInt8 = 0
      let count = withUnsafeMutableBytes(of: &byte) {
        try? FileDescriptor.standardInput.read(into: $0)
      }
      guard count == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  /// Whether a person can be asked: standard input and standard error are a terminal.
  package static var canAsk: Bool { canRead && isatty(STDERR_FILENO) == 1 }

  /// Whether a person can type: standard input is a terminal.
  package static var canRead: Bool { isatty(STDIN_FILENO) == 1 }

  private static func style(_ color: ColorMode, _ descriptor: Int32) -> TextStyle {
    TextStyle(coloured: isColoured(color, descriptor), columns: columns(of: descriptor))
  }

  /// The columns of a terminal, 80 where it does not tell; nil for what is none, and for one that only takes
  /// lines, as editors have it.
  private static func columns(of descriptor: Int32) -> Int? {
    guard isatty(descriptor) == 1, Environment.variable("TERM") != "dumb" else { return nil }
    var size = winsize()
    let isTold = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let given = Environment.variable("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    // A few columns hold no word: the terminal may as well break the lines itself.
    return max(20, given ?? (isTold ? Int(size.ws_col) : 80))
  }

  /// The environment's words on colour count only where none were given on the command line.
  private static func isColoured(_ mode: ColorMode, _ descriptor: Int32) -> Bool {
    switch mode {
    case .always: return true
    case .never: return false
    case .auto:
      if Environment.variable("NO_COLOR") != nil { return false }
      if isForced("CLICOLOR_FORCE") || isForced("FORCE_COLOR") { return true }
      return isatty(descriptor) == 1 && Environment.variable("TERM") != "dumb"
    }
  }

  private static func isForced(_ name: String) -> Bool {
    Environment.variable(name).map { $0 != "0" } ?? false
  }

  /// What is known of the lines that the streams have begun.
  private static let outputGuard = Mutex(CommandGuard())
  private static let errorGuard = Mutex(CommandGuard())

  /// Writes everything; returns the errno that stopped it.
  ///
  /// Every line of every tool passes here, and so the guard that keeps text of others from being a command to a
  /// pipeline's runner.
  private static func write(
    _ text: String, as form: CommandGuard.Form = .text, to descriptor: Int32
  ) -> Int32? {
    // Not to be cut off by a signal: what is printed may be a document.
    Interruption.whilePrinting {
      if descriptor == STDOUT_FILENO {
        return outputGuard.withLock { writeAll($0.guarded(text, as: form), to: descriptor) }
      }
      return errorGuard.withLock { writeAll($0.guarded(text, as: form), to: descriptor) }
    }
  }

  private static func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      do {
        // Not by `writeAll`, which looks up its type parameter at run time: 0.2 of the 2.4 million instructions of --version.
        while !rest.isEmpty {
          let count = try FileDescriptor(rawValue: descriptor).write(rest)
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return nil
      } catch {
        return (error as? Errno ?? .ioError).rawValue
      }
    }
  }
}
