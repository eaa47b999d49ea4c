import GitSpecs
import Glibc
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct WorkTreeFileTests {
  @Test func readsAFileWhole() throws {
    let scratch = try Scratch()
    for name in ["plain.yml", "with space.yml", "größe\n.yml", "-dash", "🦊/.tinyforge.yml"] {
      let path = try scratch.write(name, spec(8080))
      #expect(try WorkTreeFile.read(FilePath(path)) == .file(Array(spec(8080).utf8)))
    }
    let bytes: [UInt8] = [0xFF, 0, 0xFE, 13, 10]
    #expect(try WorkTreeFile.read(FilePath(try scratch.write("bytes", bytes))) == .file(bytes))
    #expect(try WorkTreeFile.read(FilePath(try scratch.write("empty", ""))) == .file([]))
  }

  @Test func theCapIsExact() throws {
    let scratch = try Scratch()
    let full = [UInt8](repeating: 97, count: 65_536)
    #expect(try WorkTreeFile.read(FilePath(try scratch.write("full", full))) == .file(full))
    let over = try scratch.write("over", full + [97])
    #expect(try WorkTreeFile.read(FilePath(over)) == .refused(.tooLarge(65_537)))
    // A file of the kernel's says that its size is 0, whatever it holds.
    #expect(try WorkTreeFile.read("/proc/kallsyms") == .refused(.tooLarge(65_537)))
    guard case .file(let version) = try WorkTreeFile.read("/proc/version") else {
      Issue.record("/proc/version could not be read")
      return
    }
    #expect(!version.isEmpty)
  }

  @Test func obstaclesAreTold() async throws {
    let scratch = try Scratch()
    try scratch.folder("folder")
    try scratch.write("pointer", ObstacleTests.lfsPointer)
    try scratch.write("file", spec(1))
    try await mustRun("ln", ["-s", "file", scratch.file("link")])
    try await mustRun("ln", ["-s", "none", scratch.file("dangling")])
    try await mustRun("ln", ["-s", "loop", scratch.file("loop")])
    try await mustRun("mkfifo", [scratch.file("fifo")])
    try await mustRun(
      "python3",
      [
        "-c", "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
        scratch.file("socket"),
      ])
    let cases: [(String, SpecObstacle)] = [
      ("folder", .directory), ("pointer", .lfsPointer), ("link", .symbolicLink),
      ("dangling", .symbolicLink), ("loop", .symbolicLink), ("fifo", .specialFile),
      ("socket", .specialFile),
    ]
    for (name, obstacle) in cases {
      let path = scratch.file(name)
      #expect(try WorkTreeFile.read(FilePath(path)) == .refused(obstacle), "\(name)")
      // Changed places with a file after that was seen.
      #expect(try WorkTreeFile.read(FilePath(path), isKnown: true) == .refused(obstacle), "\(name)")
    }
    #expect(try WorkTreeFile.read("/dev/zero") == .refused(.specialFile))
    for path in ["none", "none/x", "file/x"].map({ scratch.file($0) }) + [""] {
      #expect(try WorkTreeFile.read(FilePath(path)) == .absent("there is no file \(path)"))
    }
  }

  @Test func faultsAreToldInWords() throws {
    let long = "/tmp/" + String(repeating: "x", count: 300)
    let fault = try failure { () throws(Failure) in try WorkTreeFile.read(FilePath(long)) }
    #expect(fault.code == .io)
    #expect(fault.message == "cannot read \(long): File name too long")
  }

  @Test(.enabled(if: geteuid() == 0))
  func anUnreadableFileIsDenied() async throws {
    let scratch = try Scratch()
    let path = try scratch.write("secret file", spec(1))
    try await mustRun("chmod", ["755", scratch.path])
    try await mustRun("chmod", ["600", path])
    // Root may read everything, so a child gives its rights away.
    await #expect(processExitsWith: .success) { [path = path as String] in
      #expect(setuid(65_534) == 0)
      let fault = try failure { () throws(Failure) in try WorkTreeFile.read(FilePath(path)) }
      #expect(
        fault
          == Failure(
            .denied, "cannot read \(path): Permission denied", remedy: "ls -l \(shellWord(path))"))
    }
  }

  @Test func theRootIsFoundWithoutLibgit2() async throws {
    let fixture = try await Fixture.withHistory()
    let head = try await git("rev-parse", "HEAD", in: fixture.repo)
    try await git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", fixture.repo, "module",
      in: fixture.repo)
    #expect(!head.isEmpty)
    let module = "\(fixture.repo)/module"
    try fixture.scratch.folder("repo/fake/.git")
    let cases: [(String, String?)] = [
      (fixture.repo, fixture.repo), ("\(fixture.repo)/deploy/app/", fixture.repo),
      (module, module), ("\(module)/deploy", module), ("\(fixture.repo)/fake", fixture.repo),
      ("\(fixture.repo)/none", nil), (fixture.scratch.path, nil), ("/", nil),
    ]
    for (folder, root) in cases {
      #expect(
        WorkTreeFile.repositoryRoot(above: FilePath(folder)) == root.map { FilePath($0) },
        "\(folder)")
    }
    #expect(try GitRepository.open(module).folder == module)
  }
}
