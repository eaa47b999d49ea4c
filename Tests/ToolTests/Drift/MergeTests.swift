import DriftTracking
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Reports that are joined without being held: their order, what several list, and where they come from.
@Suite(.ownTime, .hangLimit) struct MergeTests {
  /// The report of a shard of a fleet of so many workloads, in the order of a database.
  private static func report(_ index: Int, of count: Int, workloads: Int) -> DriftReport {
    let all = (0..<workloads).map { number in
      let isDrifted = number % 3 == 0
      return ReportedWorkload(
        // Names that several have, and an order that is not that of the ids.
        id: "w\(number)", name: "shop-\(number * 7 % 100)", sourceKind: "dockerfile", status: .ok,
        managedFields: ["port"],
        drift: isDrifted
          ? [
            ReportedDrift(
              field: "port", repo: .integer(number), live: 3000, cause: .neverSynced,
              reason: "it was never synced", line: 3, column: 9, endLine: 3, endColumn: 13)
          ] : [])
    }
    let own = all.enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    return DriftReport(
      workloads: own, generatedAt: "2026-01-04T00:00:00Z", shard: FleetShard(index, of: count))
  }

  private static func merge(_ arguments: [String], _ scratch: Scratch, through shell: String? = nil)
    async throws -> CommandResult
  {
    let folder = try scratch.folder("run")
    guard let shell else {
      return try await run(builtTool("drift"), ["merge"] + arguments, in: folder)
    }
    let script = shell + "; exec \"$0\" merge \"$@\""
    return try await run("bash", ["-c", script, builtTool("drift")] + arguments, in: folder)
  }

  /// Reports over many reads of a file each, of both forms; one of them in another order.
  @Test(arguments: ["json", "jsonl", "text", "markdown"])
  func theOrderOfTheWholeIsThatOfADatabase(_ format: String) async throws {
    let scratch = try Scratch()
    let whole = Self.report(1, of: 1, workloads: 2_000)
    let one = try scratch.write("whole", DriftJSON.render(whole))
    var shards: [String] = []
    for index in 1...3 {
      var report = Self.report(index, of: 3, workloads: 2_000)
      if index == 2 { report.workloads.shuffle() }
      let form = DriftJSON(index == 3 ? .document : .lines)
      shards.append(try scratch.write("\(index)", form.render(report)))
    }
    let expected = try await Self.merge([one, "--format", format], scratch)
    let merged = try await Self.merge(shards + ["--format", format], scratch)
    #expect(expected.status == 1 && merged.status == 1, "\(merged.error)")
    #expect(merged.output == expected.output)
    guard format == "json" else { return }
    let read = try DriftReport(json: Array(merged.output.utf8), name: "merged")
    #expect(read.workloads == whole.workloads && read.summary == whole.summary)
  }

  /// What two reports tell in the same way counts once, whatever forms they have.
  @Test func whatIsThereTwiceCountsOnce() async throws {
    let scratch = try Scratch()
    var report = Self.report(1, of: 1, workloads: 50)
    report.shard = nil
    let document = try scratch.write("a", DriftJSON.render(report))
    let lines = try scratch.write("b", DriftJSON(.lines).render(report))
    for format in ["json", "text"] {
      let once = try await Self.merge([document, "--format", format], scratch)
      let twice = try await Self.merge([document, lines, document, "--format", format], scratch)
      #expect(twice.status == 1 && twice.output == once.output, "\(twice)")
    }
    // Nothing is written where two tell otherwise of it.
    report.workloads[7].message = "another"
    report.workloads[9].mergeFaults = ["another"]
    report.workloads[30].notes = ["another"]
    report.workloads[40].notes = ["another"]
    let other = try scratch.write("c", DriftJSON.render(report))
    let refused = try await Self.merge([document, other], scratch)
    #expect(refused.status == 2 && refused.output.isEmpty, "\(refused)")
    #expect(
      refused.error.contains(
        "c and \(document) tell different things of the same workload: \(report.workloads[7].title) and 3 more"
      ), "\(refused.error)")
  }

  /// Two servers may have the same names and ids, and tell different things of them.
  @Test func serversAreToldApart() async throws {
    let scratch = try Scratch()
    var files: [String] = []
    for (place, server) in ["fra", "ams", nil].enumerated() {
      var report = Self.report(1, of: 1, workloads: 300 + place)
      report.servers = [server].compactMap(\.self)
      for index in report.workloads.indices { report.workloads[index].server = server }
      files.append(try scratch.write("\(place)", DriftJSON(.lines).render(report)))
    }
    let merged = try await Self.merge(files + ["--format", "json"], scratch)
    #expect(merged.status == 1, "\(merged.error)")
    let read = try DriftReport(json: Array(merged.output.utf8), name: "merged")
    #expect(read.workloads.count == 903 && read.summary.workloads == 903)
    let servers = read.workloads.map(\.server)
    #expect(servers == servers.sorted { ServerName.comesBefore($0, $1) })
    #expect(servers.first == .some(nil) && servers.last == "fra")
  }

  /// A report that was cut off is left out with all of its workloads: the next run's report of that shard is whole.
  @Test func aReportThatWasCutOffRefusesNoOther() async throws {
    let scratch = try Scratch()
    let text = DriftJSON.render(Self.report(1, of: 1, workloads: 300))
    let cut = try scratch.write("cut", String(text.dropLast(900)))
    let whole = try scratch.write("whole", text.replacing("3000", with: "3001"))
    let merged = try await Self.merge([cut, whole, "--format", "json"], scratch)
    #expect(merged.status == 2 && merged.error.contains("cut is not a complete"), "\(merged.error)")
    let read = try DriftReport(json: Array(merged.output.utf8), name: "merged")
    #expect(read.workloads.count == 300 && read.summary.workloads == 300)
  }

  /// What can be read once alone is kept for the second reading: in a file without a name, or without room for one in memory.
  @Test(arguments: ["export TMPDIR=$PWD", "export TMPDIR=/nonexistent", "export TMPDIR=relative"])
  func pipesAndStandardInput(_ folder: String) async throws {
    let scratch = try Scratch()
    var files: [String] = []
    for index in 1...2 {
      let report = Self.report(index, of: 2, workloads: 20_000)
      files.append(try scratch.write("\(index)", DriftJSON.render(report)))
    }
    let expected = try await Self.merge(files + ["--format", "json"], scratch)
    let script = "\(folder); exec \"$0\" merge - <(cat \"$1\") --format json <\"$2\""
    let folder = try scratch.folder("run")
    let piped = try await run("bash", ["-c", script, builtTool("drift")] + files, in: folder)
    #expect(piped.status == 1 && piped.output == expected.output, "\(piped.error)")
    #expect(try await mustRun("ls", ["-A"], in: folder).isEmpty)
  }

  /// More reports than the process may have open files: it asks for more, and copies those beyond.
  @Test(arguments: ["ulimit -Sn 40", "ulimit -n 40"])
  func manyReports(_ limit: String) async throws {
    let scratch = try Scratch()
    let files = try (1...100).map { index in
      try scratch.write(
        "\(index)", DriftJSON(.lines).render(Self.report(index, of: 100, workloads: 300)))
    }
    let merged = try await Self.merge(files, scratch, through: limit)
    #expect(merged.status == 1 && merged.output.contains("300 workloads"), "\(merged.error)")
  }

  /// A file of the report is whole, and alone in its folder.
  @Test func aLargeReportOfAFile() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("r", DriftJSON.render(Self.report(1, of: 1, workloads: 20_000)))
    let printed = try await Self.merge([file, "--format", "json"], scratch)
    let written = try await Self.merge([file, "--format", "json", "--output", "out"], scratch)
    #expect(written.status == 1 && written.output.isEmpty, "\(written.error)")
    #expect(
      String(decoding: try readFile(scratch.file("run/out")), as: UTF8.self) == printed.output)
    #expect(try await mustRun("ls", ["-A"], in: scratch.file("run")) == "out")
  }

  /// A signal ends what is printed, and the document stays whole.
  @Test func aSignalEndsItWhole() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("r", DriftJSON.render(Self.report(1, of: 1, workloads: 20_000)))
    // Nobody reads until the signal was sent.
    let script = """
      mkfifo out; "$0" merge "$1" --format json >out & tool=$!; exec 3<out; read -r first <&3; kill -TERM $tool
      { echo "$first"; cat <&3; } >all; wait $tool; echo $?
      """
    let folder = try scratch.folder("run")
    let ended = try await run("bash", ["-c", script, builtTool("drift"), file], in: folder)
    #expect(ended.output == "143\n", "\(ended)")
    let read = try JSONText(try readFile("\(folder)/all"))
    #expect(read["interrupted"] == true)
  }
}
