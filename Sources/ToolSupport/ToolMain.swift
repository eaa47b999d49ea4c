package import ArgumentParser
import Glibc
import TinyforgeCore

/// What every tool does around its command: signals, parsing, failures, the exit status.
package enum ToolMain {
  /// Runs a command to its end, and ends the process.
  package static func run(_ command: (some ParsableCommand).Type) -> Never {
    prepareSignals()
    do {
      var parsed = try command.parseAsRoot()
      try parsed.run()
      quit(0)
    } catch {
      end(command, error)
    }
  }

  /// Runs a command that works in parallel, or one of its subcommands, to its end, and ends the
  /// process.
  ///
  /// `preparation` runs beside the parsing of the command, but not of a subcommand: it is given the words of
  /// the command line, and starts what nearly every run comes to need.
  package static func runAsync<Command: AsyncParsableCommand>(
    _ command: Command.Type, beside preparation: @escaping @Sendable ([String]) -> Void
  ) async -> Never {
    // A command may take a file where a subcommand's name could stand, and the parser would take the
    // name for the file: so the first word decides.
    if Subcommands<Command>.hold(CommandLine.arguments.dropFirst().first) {
      await runParsed(Subcommands<Command>.self)
    }
    await runParsed(command, beside: preparation)
  }

  private static func runParsed(
    _ command: (some ParsableCommand).Type,
    beside preparation: @escaping @Sendable ([String]) -> Void = { _ in }
  ) async -> Never {
    prepareSignals()
    Task.detached { preparation(CommandLine.arguments) }
    do {
      var parsed = try command.parseAsRoot()
      if var parallel = parsed as? any AsyncParsableCommand {
        try await parallel.run()
      } else {
        try parsed.run()
      }
      quit(0)
    } catch {
      end(command, error)
    }
  }

  private static func end(_ command: (some ParsableCommand).Type, _ error: any Error) -> Never {
    if let status = error as? ExitCode { quit(status.rawValue) }
    let console = Console(color: .auto, quiet: false)
    if let failure = error as? Failure {
      console.report(failure)
      quit(ExitStatus(failure).rawValue)
    }
    let isAnswer = command.exitCode(for: error) == .success
    let message = command.fullMessage(for: error)
    if isAnswer {
      // Help, the version or a completion script is what was asked for, so it is a result.
      do { try console.print(message + "\n") } catch { quit(ExitStatus.failed.rawValue) }
      quit(0)
    }
    console.show(message + "\n")
    quit(ExitStatus.failed.rawValue)
  }

  /// Ends the process.
  ///
  /// At once: no output waits to be written, and what another thread is starting could not be ended.
  private static func quit(_ status: Int32) -> Never { _exit(status) }

  /// Sets what signals do.
  ///
  /// An interrupted tool ends at once: nothing of it is worth finishing, and SQLite undoes what
  /// was not committed. A closed pipe is seen where it is written to.
  private static func prepareSignals() {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _exit(128 + $0) }
      sigaction(number, &action, nil)
    }
    endOnLostMemory()
  }

  /// A file that is read or written as memory, as SQLite's and git's are, may turn out to have no place
  /// on its disk: the system then sends SIGBUS, and nothing can go on.
  private static func endOnLostMemory() {
    var action = sigaction()
    // Only what is safe within a signal's handler.
    action.__sigaction_handler.sa_handler = { _ in
      let text: StaticString = """
        error: a file that is read or written as memory has lost its place: its disk is full or \
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
