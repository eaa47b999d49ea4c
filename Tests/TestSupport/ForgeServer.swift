import FoundationEssentials
import Subprocess
import SystemPackage

/// A forge on loopback (`Tests/Peers/forge-server.py`), for as long as a test needs it.
package struct ForgeServer: Sendable {
  package let port: Int
  /// `http` or `https`.
  package let scheme: String
  private let logPath: String

  /// The address by number.
  package var address: String { "\(scheme)://127.0.0.1:\(port)" }

  /// One request that the forge was asked.
  package struct Entry: Decodable, Sendable {
    package var method: String
    /// The answer's status, or the way that it misbehaved.
    package var status: String
    package var target: String
    package var headers: [String: String]
    package var body: String
    /// Counted from 1 in the order that they were accepted.
    package var connection: Int
  }

  /// What was asked so far, in order.
  package func log() throws -> [Entry] {
    let lines = try readFile(logPath).split(separator: 10)
    return try lines.map { try JSONDecoder().decode(Entry.self, from: Data($0)) }
  }

  /// Starts a forge with a configuration in JSON, runs `body`, and ends it.
  ///
  /// With a certificate (and `key`) it speaks https. Another `program` with the same arguments and log is another server.
  package static func run<Result: Sendable>(
    _ configuration: String, certificate: String? = nil, key: String? = nil,
    options: [String] = [], program: String = "Tests/Peers/forge-server.py",
    body: @Sendable (ForgeServer) async throws -> Result
  ) async throws -> Result {
    let scratch = try Scratch()
    let config = try scratch.write("forge.json", configuration)
    let log = try scratch.write("log", "")
    var arguments = [projectFile(program), config, "--log", log] + options
    if let certificate, let key { arguments += ["--certificate", certificate, "--key", key] }
    let scheme = certificate == nil ? "http" : "https"
    let outcome = try await Subprocess.run(
      .path("/usr/bin/python3"), arguments: Arguments(arguments), input: .inputWriter,
      output: .sequence, error: .discarded
    ) { execution -> Result in
      let port = try await Self.port(execution.standardOutput)
      let result = try await body(ForgeServer(port: port, scheme: scheme, logPath: log))
      // The end of its input ends the server.
      try await execution.standardInputWriter.finish()
      return result
    }
    return outcome.takeClosureResult()
  }

  private static func port(_ output: SubprocessOutputSequence) async throws -> Int {
    for try await line in output.strings() {
      let words = line.split { $0.isWhitespace }
      if words.first == "listening", let port = words.last.flatMap({ Int($0) }) { return port }
    }
    throw TestSupportError("forge-server.py did not start")
  }
}
