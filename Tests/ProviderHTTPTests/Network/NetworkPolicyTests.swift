import ProviderHTTP
import TestSupport
import Testing

@Suite(.ownTime, .hangLimit) struct NetworkPolicyTests {
  static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  /// Every range that is never asked by itself, and the words for it.
  @Test(arguments: [
    ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("::1", "loopback"),
    ("0.0.0.0", "unspecified"), ("0.1.2.3", "unspecified"), ("::", "unspecified"),
    ("10.0.0.1", "private"), ("172.16.0.1", "private"), ("172.31.255.255", "private"),
    ("192.168.1.1", "private"), ("fd12:3456::1", "private"), ("fc00::1", "private"),
    ("100.64.0.1", "CGNAT"), ("100.127.255.255", "CGNAT"),
    ("169.254.1.1", "link-local"), ("fe80::1", "link-local"), ("fec0::1", "site-local"),
    ("224.0.0.1", "multicast"), ("239.255.255.250", "multicast"), ("ff02::1", "multicast"),
    ("255.255.255.255", "broadcast"), ("240.0.0.1", "reserved"), ("4000::1", "reserved"),
    ("198.18.0.1", "benchmarks"), ("203.0.113.7", "documentation"),
    ("2001:db8::1", "documentation"),
    ("::ffff:8.8.8.8", "IPv4-mapped"), ("::ffff:0:8.8.8.8", "IPv4-translated"),
    ("::8.8.8.8", "IPv4-compatible"), ("64:ff9b::8.8.8.8", "NAT64"),
    ("64:ff9b:1::8.8.8.8", "NAT64"), ("2002:808:808::1", "6to4"),
    ("2001:0:808:808::1", "Teredo"), ("2a00:1450::5efe:8.8.8.8", "ISATAP"),
    ("2a00:1450::200:5efe:8.8.8.8", "ISATAP"), ("192.88.99.1", "6to4"),
  ])
  func specialAddressesAreClosed(_ text: String, _ word: String) throws {
    guard case .closed(let name) = NetworkPolicy().judge(try Self.address(text)) else {
      Issue.record("\(text) is open")
      return
    }
    #expect(name.contains(word))
  }

  /// Whatever is allowed, in every form that carries the address.
  @Test(arguments: [
    "169.254.169.254", "169.254.170.2", "169.254.0.23", "100.100.100.200", "fd00:ec2::254",
    "168.63.129.16",
    "::ffff:169.254.169.254", "::ffff:0:169.254.169.254", "::169.254.169.254",
    "64:ff9b::169.254.169.254", "64:ff9b:1:a9fe:a9:fe00::", "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1", "2001:0:1:2:3:4:5601:5601", "2a00:1450::5efe:169.254.169.254",
  ])
  func metadataIsNeverAsked(_ text: String) throws {
    let everything = NetworkPolicy(
      named: ["0.0.0.0/0", "::/0"].compactMap { IPNetwork($0) })
    #expect(everything.judge(try Self.address(text)) == .metadata)
  }

  @Test(arguments: [
    ("10.1.2.3", "10.0.0.0/8", true), ("10.1.2.3", "10.1.2.3", true),
    ("11.1.2.3", "10.0.0.0/8", false), ("::ffff:10.1.2.3", "10.0.0.0/8", true),
    ("2002:a01:203::", "10.0.0.0/8", false), ("2002:a01:203::", "2002::/16", true),
    ("fd00::1", "fd00::/8", true), ("8.8.8.8", "8.8.8.0/24", true), ("::1", "127.0.0.0/8", false),
  ])
  func namedNetworks(_ text: String, _ network: String, _ isNamed: Bool) throws {
    let policy = NetworkPolicy(named: [try #require(IPNetwork(network))])
    #expect((policy.judge(try Self.address(text)) == .open(isNamed: true)) == isNamed)
  }

  @Test(arguments: [
    "10.1.2.3/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/ 8", "10/8", "fd00::/129",
    "localhost", "", "/8", "[::1]/128", "fe80::1%eth0",
  ])
  func whatIsNoNetwork(_ text: String) { #expect(IPNetwork(text) == nil) }

  /// What goes out by itself is global by Python's tables too; what does not is listed above.
  @Test func generatedAddressesAgreeWithPython() async throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    let texts = (0..<FuzzSetting.count(default: 8000)).map { Self.generated($0, &random) }
    let answers = try await mustRun(
      "/usr/bin/python3", [projectFile("Tests/Peers/judge-addresses.py")],
      input: texts.map { $0 + "\n" }.joined()
    ).split(separator: "\n")
    try #require(answers.count == texts.count)
    let policy = NetworkPolicy()
    var closed: Set<String> = []
    for (text, answer) in zip(texts, answers) {
      switch policy.judge(try Self.address(text)) {
      case .open: #expect(answer == "1", "\(text) is open here")
      case .closed(let name): if answer == "1" { closed.insert(name) }
      case .metadata: break
      }
    }
    // Stricter than Python: what carries an IPv4 address, and what protocols have for themselves.
    let reasons = ["carries", "reserved", "6to4 relay", "documentation", "segment", "site-local"]
    #expect(closed.allSatisfy { name in reasons.contains { name.contains($0) } }, "\(closed)")
  }

  /// Half at random, half near the prefixes of special ranges.
  private static func generated(_ number: Int, _ random: inout SeededGenerator) -> String {
    let prefixes: [[UInt16]] = [
      [0], [0, 0, 0, 0, 0, 0xFFFF], [0x64, 0xFF9B], [0x64, 0xFF9B, 1], [0x100], [0x2001],
      [0x2001, 0xDB8], [0x2002], [0x2003], [0x2600], [0x2A00], [0x3FFF], [0x5F00], [0xFC00],
      [0xFE80],
      [0xFEC0], [0xFF02], [0x2620, 0x4F, 0x8000],
    ]
    if number.isMultiple(of: 2) {
      let first: [UInt32] = [0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 255]
      let word = UInt32.random(in: 0 ... .max, using: &random)
      let head = number.isMultiple(of: 4) ? first.randomElement(using: &random) ?? 1 : word >> 24
      return "\(head).\(word >> 16 & 255).\(word >> 8 & 255).\(word & 255)"
    }
    var words = prefixes.randomElement(using: &random) ?? []
    while words.count < 8 {
      words.append(Bool.random(using: &random) ? 0 : .random(in: 0 ... .max, using: &random))
    }
    return words.map { String($0, radix: 16) }.joined(separator: ":")
  }
}
