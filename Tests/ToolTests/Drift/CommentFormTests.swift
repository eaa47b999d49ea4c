import Reporting
import TestSupport
import Testing

/// What a report in Markdown, made for a comment, says of where things are.
@Suite(.ownTime, .hangLimit) struct CommentFormTests {
  /// Each forge's own pages; a port and a folder of the address stay, a password does not.
  @Test(arguments: [
    ("gitea", "https://git.example.org", "/src/commit/COMMIT/.tinyforge.yml", "/commit/COMMIT"),
    (
      "github", "https://ann:hunter2@github.example.org:8443", "/blob/COMMIT/.tinyforge.yml",
      "/commit/COMMIT"
    ),
    (
      "gitlab", "http://gitlab.example.org/forge", "/-/blob/COMMIT/.tinyforge.yml",
      "/-/commit/COMMIT"
    ),
  ])
  func theForgesPagesAreLinked(
    _ provider: String, _ address: String, _ file: String, _ commit: String
  ) async throws {
    let world = try await World()
    let config = World.config().replacing("\"gitea\"", with: "\"\(provider)\"")
      .replacing("https://git.example.org", with: address)
    try await world.addWorkload("w1", name: "shop", config: config)
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    let root = address.replacing("ann:hunter2@", with: "") + "/acme/shop"
    let place = "\(root)\(file)#L3".replacing("COMMIT", with: head)
    let page = "\(root)\(commit)".replacing("COMMIT", with: head)
    for tool in ["drift", "plan"] {
      let result = try await world.tool(tool, "--all", "--format", "markdown")
      #expect(result.output.contains("[<code>3&#58;9</code>](\(place))"), "\(result.output)")
      #expect(
        result.output.contains("[<code>\(head.prefix(12))</code>](\(page))"), "\(result.output)")
      #expect(result.output.contains("[<code>acme/shop</code>](\(root))"), "\(result.output)")
      #expect(!result.output.contains("hunter2") && !result.output.contains(world.mirrors))
    }
    let json = try await world.tool("drift", "--all", "--format", "json")
    try await expectSchema("drift", json.output)
    let merged = try await world.tool(
      "drift", arguments: ["merge", "-", "--format", "markdown"], input: json.output)
    #expect(merged.output.contains("(\(place))"), "\(merged.output)\(merged.error)")
  }

  /// Nothing that could end the link gets into one.
  @Test(arguments: ["https://git.example.org/a)b", "git.example.org", "ftp://git.example.org"])
  func anAddressThatIsNoneIsNotLinked(_ address: String) async throws {
    let world = try await World()
    let config = World.config().replacing("https://git.example.org", with: address)
    try await world.addWorkload("w1", config: config)
    let result = try await world.tool("drift", "--all", "--format", "markdown")
    let links = result.output.ranges(of: "](").count
    #expect(links == 0 || result.output.contains("](https://git.example.org/acme/shop"))
    #expect(!result.output.contains("a)b"))
    let report = try await world.tool("drift", "--all", "--format", "json")
    for (from, to) in [("https://git.example.org/", "javascript:alert(1)//"), ("/acme", "/a)b")] {
      let forged = report.output.replacing(from, with: to)
      let merged = try await world.tool(
        "drift", arguments: ["merge", "-", "--format", "markdown"], input: forged)
      #expect(!merged.output.contains("javascript") && !merged.output.contains("a)b"))
    }
  }

  /// Folders of the runner say nothing to those who read a comment.
  @Test func pathsOfTheRunnerAreLeftOut() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "gone", config: World.config(name: "gone"))
    for tool in ["drift", "plan"] {
      let result = try await world.tool(tool, "--all", "--format", "markdown")
      #expect(!result.output.contains(world.mirrors), "\(result.output)")
      #expect(!result.output.contains(world.scratch.path), "\(result.output)")
      #expect(result.output.contains("acme/gone"), "\(result.output)")
      let text = try await world.tool(tool, "--all")
      #expect(text.output.contains(world.mirrors), "a person on the machine is told")
    }
  }

  /// Ten workloads stand open; what follows is folded, and still counted against the limit.
  @Test(arguments: [9, 10, 11, 30]) func workloadsBeyondTheTenthAreFolded(_ count: Int) async throws
  {
    let world = try await World()
    for number in 0..<count { try await world.addWorkload("w\(number + 100)") }
    for tool in ["drift", "plan"] {
      let output = try await world.tool(tool, "--all", "--format", "markdown").output
      let parts = output.split(separator: "<details>", omittingEmptySubsequences: false)
      #expect(parts.count == (count > 10 ? 2 : 1))
      #expect(parts[0].ranges(of: "\n#### ").count == min(count, 10))
      #expect(output.ranges(of: "\n#### ").count == count)
      guard count > 10 else { continue }
      let noun = count == 11 ? "workload" : "workloads"
      #expect(parts[1].hasPrefix("\n<summary>\(count - 10) more \(noun)</summary>\n\n#### "))
      #expect(output.hasSuffix("\n\n</details>\n"), "\(output.suffix(200))")
    }
  }
}
