package import ArgumentParser
import Dispatch
import Glibc
import Reporting
import RunningProcess
internal import Synchronization
import TinyforgeCore

/// What every tool does around its command: signals, parsing, failures, the exit status.
package enum ToolMain {
  /// Whether the tool speaks more languages than English.
  static let hasLanguages = Atomic(false)

  /// Runs a command that takes files to its end, and ends the process.
  package static func run<Command: DirectCommand & ReportingCommand>(_ command: Command.Type)
    -> Never
  {
    prepareSignals()
    requireArguments()
    answerVersion(of: command)
    do {
      if let direct = command.direct(StartedWith.arguments) {
        try run(direct)
      } else {
        var parsed = try command.parseAsRoot(DashedPath.resolved(StartedWith.arguments))
        if let own = parsed as? Command { try run(own) } else { try parsed.run() }
      }
      quit(0)
    } catch {
      end(command, error)
    }
  }

  private static func run(_ command: some ReportingCommand) throws {
    do {
      var running = command
      if Interruption.isRequested { throw Failure.interrupted }
      try running.run()
    } catch let failure as Failure where failure.code == .interrupted {
      try command.reportNothing()
      throw failure
    }
  }

  /// Runs a command that works in parallel, or one of its subcommands, to its end, and ends the
  /// process.
  ///
  /// `translation` gives messages in Russian. `preparation` runs beside the parsing of the command, but not of a subcommand: it is given the words of
  /// the command line, and starts what nearly every run needs.
  ///
  /// Not asynchronous itself: the caller's `await` would start the pool of threads before it is known whether that can run.
  package static func runParallel<
    Command: AsyncParsableCommand & DirectCommand & ReportingCommand
  >(
    _ command: Command.Type, translating translation: @escaping @Sendable (String) -> String?,
    beside preparation: @escaping @Sendable ([String]) -> Void
  ) -> Never {
    prepareSignals()
    hasLanguages.store(true, ordering: .relaxed)
    Translations.use(translation)
    requireArguments()
    requireThreadPool()
    answerVersion(of: command)
    if StartedWith.arguments == ["help"] { end(command, CleanExit.helpRequest(command)) }
    Task.detached { await runParsed(command, beside: preparation) }
    dispatchMain()
  }

  private static func runParsed<
    Command: AsyncParsableCommand & DirectCommand & ReportingCommand
  >(_ command: Command.Type, beside preparation: @escaping @Sendable ([String]) -> Void) async {
    // A command may take a file where a subcommand's name is possible, and the parser would take the
    // name for the file: so the first word decides.
    if Subcommands<Command>.hold(StartedWith.arguments.first) {
      await run(Subcommands<Command>.self) {
        Parsed(command: try parsed(Subcommands<Command>.self), reporting: nil)
      }
    }
    Task.detached { preparation(StartedWith.words) }
    await run(command) {
      let own = try command.direct(StartedWith.arguments) ?? parsed(command)
      return Parsed(command: own, reporting: own as? Command)
    }
  }

  /// A command, and the same where it has a report.
  private struct Parsed {
    var command: any ParsableCommand
    var reporting: (any ReportingCommand)?
  }

  private static func run(
    _ command: (some ParsableCommand).Type, _ parsed: () throws -> sending Parsed
  ) async -> Never {
    do {
      try await run(try parsed())
      quit(0)
    } catch {
      end(command, error)
    }
  }

  private static func parsed(_ command: (some ParsableCommand).Type) throws -> any ParsableCommand {
    if let path = DashedPath.first(in: StartedWith.arguments) {
      // Only lint-spec is given files by programs.
      throw ValidationError("\(path) is not an option; for a file of that name write ./\(path)")
    }
    return try command.parseAsRoot(StartedWith.arguments)
  }

  /// Runs a parsed command; a signal that is noted cancels what it waits for.
  private static func run(_ parsed: sending Parsed) async throws {
    if parsed.reporting == nil { Interruption.release() }
    let work = Task {
      do {
        if Interruption.isRequested { throw Failure.interrupted }
        var command = parsed.command
        if var parallel = command as? any AsyncParsableCommand {
          try await parallel.run()
        } else {
          try command.run()
        }
      } catch let failure as Failure where failure.code == .interrupted {
        try parsed.reporting?.reportNothing()
        throw failure
      }
    }
    Interruption.whenRequested { work.cancel() }
    try await work.value
  }

  /// Answers a plain `--version`, and ends the process; among other words the parser finds it.
  private static func answerVersion(of command: (some DirectCommand).Type) {
    guard StartedWith.arguments == ["--version"] else { return }
    answer(command.configuration.version, GivenOutput(StartedWith.arguments).console)
  }

  /// Prints what was asked for, so that it is a result, and ends the process.
  private static func answer(_ text: String, _ console: Console) -> Never {
    do throws(Failure) { try console.print(text + "\n") } catch {
      console.report(error)
      quit(ExitStatus(error).rawValue)
    }
    quit(0)
  }

  private static func end(_ command: (some ParsableCommand).Type, _ error: any Error) -> Never {
    if let status = error as? ExitCode {
      quit(Interruption.signal.map { 128 + $0 } ?? status.rawValue)
    }
    let given = GivenOutput(StartedWith.arguments)
    let console = given.console
    if let failure = error as? Failure {
      if failure.code == .interrupted, let signal = Interruption.signal { quit(128 + signal) }
      console.report(failure)
      fail(with: failure, given, of: command)
    }
    let isAnswer = command.exitCode(for: error) == .success
    if isAnswer { answer(answer(of: command, error), console) }
    let message = HelpText.message(shown(command.message(for: error)))
    console.report(Failure(.usage, message))
    if !given.isQuiet { console.show(console.error.wrapped(usage(command, error))) }
    let tool = command.configuration.commandName ?? ""
    fail(with: Failure(.usage, message, remedy: "\(tool) --help"), given, of: command)
  }

  /// Ends the process for a failure that standard error reports; where JSON was asked for and none was written yet,
  /// standard output reports it too.
  private static func fail(
    with failure: Failure, _ given: GivenOutput, of command: (some ParsableCommand).Type
  ) -> Never {
    let status = ExitStatus(failure).rawValue
    if ["json", "jsonl"].contains(given.format), !given.hasFile, !Console.hasPrinted {
      let document = FailureJSON.render(
        failure, tool: command.configuration.commandName ?? "", exitStatus: Int(status),
        isLine: given.format == "jsonl")
      // The reader sees the exit status all the same.
      try? given.console.print(document, as: .json)
    }
    quit(status)
  }

  /// The help, version or completion script that was asked for.
  private static func answer(of command: (some ParsableCommand).Type, _ error: any Error) -> String
  {
    let text = command.fullMessage(for: error)
    guard StartedWith.arguments.first?.startsWithBytes(of: "--generate-completion-script") == true
    else { return HelpText.commonFirst(text) }
    let tool = command.configuration.commandName ?? ""
    return command.configuration.subcommands.isEmpty
      ? CompletionScript.withoutHelpCommand(text, tool: tool)
      : CompletionScript.withSubcommandsFirst(text, tool: tool)
  }

  /// What the parser adds to its message: how the command is used.
  private static func usage(_ command: (some ParsableCommand).Type, _ error: any Error) -> String {
    let whole = command.fullMessage(for: error)
    let message = "Error: \(command.message(for: error))\n"
    let rest =
      whole.startsWithBytes(of: message)
      ? whole.utf8.dropFirst(message.utf8.count) : whole.utf8[...]
    let usage = HelpText.hints(shown(String(decoding: rest, as: UTF8.self)))
    return usage.isEmpty ? "" : usage + "\n"
  }

  /// What the parser says, which quotes arguments as they are.
  private static func shown(_ text: String) -> String {
    text.splitAtScalar("\n").map { String($0).withoutUserinfo.shownSafely }.joined(separator: "\n")
  }

  /// Ends the run where the C library did not pass the arguments on.
  private static func requireArguments() {
    guard StartedWith.words.isEmpty else { return }
    Console(color: .auto, quiet: false).report(
      Failure(
        .usage, "the arguments of the command line are not known, so nothing was done",
        remedy: "start the tool with its own name as the first word of its arguments"))
    quit(ExitStatus.failed.rawValue)
  }

  /// Ends the run of a tool that works in parallel where it would end at a random moment.
  private static func requireThreadPool() {
    guard !ThreadPool.isUsable else { return }
    GivenOutput(StartedWith.arguments).console.report(
      Failure(
        .usage, "/proc is not mounted, which this tool's threads need, so nothing was done",
        remedy: "mount -t proc proc /proc"))
    quit(ExitStatus.failed.rawValue)
  }

  /// Ends the process.
  ///
  /// At once: no output waits to be written, and what another thread is starting could not be ended.
  private static func quit(_ status: Int32) -> Never { _exit(status) }

  /// Sets what signals do; a closed pipe is seen where it is written to.
  private static func prepareSignals() {
    Interruption.hold()
    Interruption.takeSignals()
    signal(SIGPIPE, SIG_IGN)
    endOnLostMemory()
  }

  /// A file that is read or written as memory, as SQLite's and git's are, may turn out to have no place
  /// on its disk: the system then sends SIGBUS, and nothing can go on.
  private static func endOnLostMemory() {
    var action = sigaction()
    // Only what is safe within a signal's handler.
    action.__sigaction_handler.sa_handler = { _ in
      let text: StaticString = """
        error: a memory-mapped file became unreadable: its disk is full or \
        broken, or it was cut off
        help: make room on the disks of the database and of the mirrors, then run the command again: \
        what it wrote is there as a whole, or not at all

        """
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit(ExitStatus.failed.rawValue)
    }
    sigaction(SIGBUS, &action, nil)
  }
}

/// A command's subcommands alone, under the command's own name.
private struct Subcommands<Command: ParsableCommand>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let whole = Command.configuration
    return CommandConfiguration(
      commandName: whole.commandName, abstract: whole.abstract, version: whole.version,
      subcommands: whole.subcommands)
  }

  /// Whether `word` names one of them, or asks for help on one.
  static func hold(_ word: String?) -> Bool {
    let names = Command.configuration.subcommands.compactMap { $0.configuration.commandName }
    return word.map { names.contains($0) || ($0 == "help" && !names.isEmpty) } ?? false
  }
}
