import Subprocess
import SystemPackage

/// The exit status and the output of a finished process.
package struct CommandResult: Equatable, Sendable {
  /// The exit status; 128 plus the number for a signal.
  package var status: Int
  package var output: String
  package var error: String
}

/// Runs a program to its end, both pipes drained at once.
///
/// `program` is a name looked up in `PATH`, or an absolute path; `environment` is set on top of a
/// small, fixed environment (`PATH`, `HOME`, `LANG=C.UTF-8`).
package func run(
  _ program: String, _ arguments: [String], in folder: String? = nil,
  environment: [String: String] = [:], input: String = ""
) async throws -> CommandResult {
  var variables: [Environment.Key: String] = [
    "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent",
    "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
  ]
  for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
  let executable: Executable = program.hasPrefix("/") ? .path(FilePath(program)) : .name(program)
  let result = try await Subprocess.run(
    executable, arguments: Arguments(arguments), environment: .custom(variables),
    workingDirectory: folder.map { FilePath($0) }, input: .string(input),
    output: .string(limit: 64 << 20), error: .string(limit: 64 << 20))
  let status: Int =
    switch result.terminationStatus {
    case .exited(let code): Int(code)
    case .signaled(let signal): 128 + Int(signal)
    }
  return CommandResult(
    status: status, output: result.standardOutput, error: result.standardError)
}

/// Runs a program that must succeed, and returns what it printed without the last line break.
@discardableResult
package func mustRun(
  _ program: String, _ arguments: [String], in folder: String? = nil,
  environment: [String: String] = [:], input: String = ""
) async throws -> String {
  let result = try await run(
    program, arguments, in: folder, environment: environment, input: input)
  guard result.status == 0 else {
    throw TestSupportError(
      "\(program) \(arguments.joined(separator: " ")): status \(result.status)\n\(result.error)")
  }
  return result.output.last == "\n" ? String(result.output.dropLast()) : result.output
}

/// Runs `git` in `folder` with a fixed identity and date, and returns what it printed.
@discardableResult
package func git(_ arguments: String..., in folder: String, date: String? = nil) async throws
  -> String
{
  let when = date ?? "2026-01-02T03:04:05Z"
  return try await mustRun(
    "git", ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"] + arguments,
    in: folder,
    environment: [
      "GIT_AUTHOR_NAME": "Ann Author", "GIT_AUTHOR_EMAIL": "ann@example.org",
      "GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@example.org",
      "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when,
    ])
}

/// The path of a built tool: beside the test bundle, in the build folder.
package func builtTool(_ name: String) -> String {
  // .build/<triple>/<configuration>/<package>PackageTests.xctest: the tools stand beside it.
  let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
  var folder = FilePath(bundle).removingLastComponent()
  if folder.isRelative { folder = FilePath(".").pushing(folder) }
  return folder.appending(name).string
}
