import Glibc

/// The server's own decoder as a peer: our small Go program over Debian's copy of the library.
package struct ServerDecoder: Sendable {
  private let scratch: Scratch

  /// Builds the peer in a temporary folder.
  package init() async throws {
    scratch = try Scratch()
    let source = projectFile("Tests/Peers/server-decoder")
    try await mustRun(
      "go", ["build", "-o", scratch.file("server-decoder"), "main.go"], in: source,
      environment: [
        "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": scratch.file("cache"),
        "GOFLAGS": "",
      ])
  }

  /// One JSON line for each path: mode `tree` or `spec`.
  package func answers(_ mode: String, _ paths: [String]) async throws -> [Substring] {
    let output = try await mustRun(
      scratch.file("server-decoder"), [mode], input: paths.map { $0 + "\n" }.joined())
    return output.split(separator: "\n")
  }
}

/// Generated specs, good and broken, in a temporary folder.
package struct GeneratedSpecs: Sendable {
  private let scratch: Scratch
  package let paths: [String]

  /// With `specs`, only specs that mostly decode.
  package init(seed: Int, count: Int, specs: Bool = false) async throws {
    scratch = try Scratch()
    try await mustRun(
      "/usr/bin/python3",
      [
        projectFile("Tests/Peers/generate-specs.py"), "--seed", "\(seed)", "--count", "\(count)",
        scratch.path,
      ] + (specs ? ["--specs"] : []))
    paths = try await mustRun("ls", [scratch.path]).split(separator: "\n").map {
      [folder = scratch.path] name in "\(folder)/\(name)"
    }
  }
}

/// The path of a file of this project.
package func projectFile(_ path: String) -> String {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return "/\(root)/\(path)"
}

/// How many generated inputs are compared, and which: for longer runs by hand.
package enum FuzzSetting {
  /// `TINYFORGE_FUZZ_SEED`, or 1.
  package static var seed: Int { number("TINYFORGE_FUZZ_SEED") ?? 1 }

  /// `TINYFORGE_FUZZ_COUNT`, or a default.
  package static func count(default count: Int) -> Int { number("TINYFORGE_FUZZ_COUNT") ?? count }

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }
}
