import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// `--fix` on real files.
@Suite(.ownTime, .hangLimit) struct FixTests {
  private static let lint = builtTool("lint-spec")
  private static let bad = "version: 1\ndeploy:\n  Port: 0x1F90 # hex\n"
  private static let fixed = "version: 1\ndeploy:\n  port: 8080 # hex\n"

  @Test func saysWhatItChanged() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.yml", Self.bad)
    let result = try await run(Self.lint, ["--fix", "a.yml"], in: scratch.path)
    #expect(result.status == 0 && result.error == "2 fixed in 1 file\n", "\(result)")
    #expect(
      result.output == """
        a.yml:3:3: fixed: `Port` → `port` [unknown-key]
        a.yml:3:9: fixed: `0x1F90` → `8080` [unusual-number]

        """)
    #expect(try String(decoding: readFile(file), as: UTF8.self) == Self.fixed)
    let again = try await run(Self.lint, ["--fix", "a.yml"], in: scratch.path)
    #expect(again.status == 0 && again.output.isEmpty)
  }

  @Test func whatIsLeftIsReported() async throws {
    let scratch = try Scratch()
    try scratch.write("a.yml", "version: 1\ndeploy:\n  Port: 80\n  prot: 90\n")
    let result = try await run(
      Self.lint, ["--fix", "a.yml", "--format", "json"], in: scratch.path)
    #expect(result.status == 1)
    try await expectSchema("lint", result.output)
    let document = try JSONText(Array(result.output.utf8))
    guard case .array(let files)? = document["files"], case .array(let fixed)? = files[0]["fixed"],
      case .array(let findings)? = files[0]["findings"]
    else {
      Issue.record("\(result)")
      return
    }
    #expect(fixed.count == 1 && findings.count == 1)
  }

  /// Texts before and after: everything that is not meant stays to the byte.
  @Test(arguments: [
    (
      "\u{FEFF}Version: 1\r\nDeploy:\r\n  port: 8_080\r\n",
      "\u{FEFF}version: 1\r\ndeploy:\r\n  port: 8080\r\n"
    ),
    ("deploy:\r\n  port: 80", "version: 1\r\ndeploy:\r\n  port: 80"),
    ("{ deploy: { PORT: '80' } } # é 漢\n", "{ version: 1, deploy: { port: 80 } } # é 漢\n"),
    (
      "version:   1\n\n\ndeploy: \n    port:    0b101 \n...\n\u{7FF} é\n",
      "version:   1\n\n\ndeploy: \n    port:    5 \n...\n\u{7FF} é\n"
    ),
  ])
  func bytesStay(_ before: String, _ after: String) async throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.yml", before)
    _ = try await run(Self.lint, ["--fix", file])
    #expect(try readFile(file) == Array(after.utf8))
    let wide = { (text: String) in text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    guard before.hasPrefix("\u{FEFF}") else { return }
    try scratch.write("a.yml", wide(before))
    _ = try await run(Self.lint, ["--fix", file])
    #expect(try readFile(file) == wide(after))
  }

  @Test func bytesThatAreNoTextAreLeftAlone() async throws {
    let scratch = try Scratch()
    let bytes =
      Array("Version: 1\n...\n".utf8) + [0xFF, 0xC3]
      + Array(String(repeating: "\n", count: 600).utf8)
    let file = try scratch.write("a.yml", bytes)
    _ = try await run(Self.lint, ["--fix", file])
    #expect(try readFile(file) == bytes)
  }

  @Test func modeAndOwnerStay() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.yml", Self.bad)
    #expect(chmod(file, 0o640) == 0 && chown(file, 65_534, 65_534) == 0)
    #expect(try await run(Self.lint, ["--fix", file]).status == 0)
    var facts = stat()
    #expect(stat(file, &facts) == 0)
    #expect(facts.st_mode & 0o7777 == 0o640 && facts.st_uid == 65_534 && facts.st_gid == 65_534)
    #expect(try await mustRun("ls", ["-A", scratch.path]) == "a.yml", "nothing is left behind")
  }

  @Test func linksAreNotFollowed() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.yml", Self.bad)
    try await mustRun("ln", ["-s", "a.yml", scratch.file("soft.yml")])
    #expect(try await run(Self.lint, ["--fix", scratch.file("soft.yml")]).status == 1)
    try await mustRun("ln", [file, scratch.file("hard.yml")])
    let hard = try await run(Self.lint, ["--fix", scratch.file("hard.yml")])
    #expect(hard.status == 2 && hard.error.contains("hard link"))
    #expect(try String(decoding: readFile(file), as: UTF8.self) == Self.bad)
  }

  /// Neither as it is named, nor as a repository's content would lead there.
  @Test func foldersThatAreLinksAreNotFollowed() async throws {
    let world = try await World(spec: nil)
    let outside = try world.scratch.write("outside/.tinyforge.yml", Self.bad)
    try await mustRun("ln", ["-s", "../outside", "via"], in: world.repository)
    let named = ["via/.tinyforge.yml", "\(world.repository)/via/.tinyforge.yml", "via"]
    for path in named {
      let result = try await run(Self.lint, ["--fix", path], in: world.repository)
      #expect(result.status == 2 && result.error.contains("symbolic link"), "\(result)")
      #expect(result.error.hasSuffix("1 error in 1 file, 1 could not be rewritten\n"))
    }
    let path = ["--fix", "--path", "via/.tinyforge.yml"]
    let result = try await run(Self.lint, path, in: world.repository)
    #expect(result.status == 1 && result.output.contains("[not-a-file]"), "\(result)")
    #expect(try readFile(outside) == Array(Self.bad.utf8))
    // Outside of a repository links are how the machine is laid out.
    try await mustRun("ln", ["-s", "outside", world.scratch.file("alias")])
    let alias = world.scratch.file("alias/.tinyforge.yml")
    #expect(try await run(Self.lint, ["--fix", alias]).status == 0)
  }

  @Test func whatCannotBeWrittenIsTold() async throws {
    let scratch = try Scratch()
    let folder = try scratch.folder("closed")
    try scratch.write("closed/a.yml", Self.bad)
    try await mustRun("chmod", ["755", scratch.path, folder])
    let result = try await run(
      "setpriv", ["--reuid=65534", "--clear-groups", Self.lint, "--fix", "\(folder)/a.yml"])
    #expect(result.status == 2 && result.error.contains("nothing was changed"), "\(result)")
    #expect(result.output.contains("[unknown-key]"), "the findings are told all the same")
  }

  @Test func theIndexIsLeftAlone() async throws {
    let world = try await World(spec: Self.bad)
    #expect(try await run(Self.lint, ["--fix"], in: world.repository).status == 0)
    #expect(try await git("show", ":.tinyforge.yml", in: world.repository) + "\n" == Self.bad)
    #expect(try await git("status", "--short", in: world.repository) == " M .tinyforge.yml")
  }

  @Test(arguments: [["--staged"], ["--rev", "HEAD"], ["--receive"], ["-"]])
  func onlyFilesAreFixed(_ place: [String]) async throws {
    let result = try await run(Self.lint, ["--fix"] + place)
    #expect(result.status == 2 && result.error.contains("--fix rewrites files"))
  }

  /// Somebody else saves the file again and again while it is fixed: no save is lost.
  @Test func aChangeInBetweenIsKept() async throws {
    let scratch = try Scratch()
    let file = scratch.file("a.yml")
    for round in 0..<30 {
      try scratch.write("a.yml", Self.bad)
      let saved = "version: 1\ndeploy:\n  port: 9\n# saved in round \(round)\n"
      async let fixing = run(Self.lint, ["--fix", file])
      usleep(UInt32.random(in: 0...8000))
      try scratch.write("saved", saved)
      #expect(rename(scratch.file("saved"), file) == 0)
      _ = try await fixing
      #expect(try String(decoding: readFile(file), as: UTF8.self) == saved)
    }
  }
}
