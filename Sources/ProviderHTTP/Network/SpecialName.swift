import TinyforgeCore
/// Host names that lead to a metadata service, or to the machine that resolves them.
///
/// They are refused by name, because the address of a name that a proxy resolves is unknown here.
enum SpecialName {
  /// What becomes of a host by its name alone; nil where the name says nothing.
  static func judge(_ host: String, _ policy: NetworkPolicy) -> AddressRefusal? {
    if isMetadata(host) { return refusal("169.254.169.254", .metadata) }
    guard isLoopback(plain(host)), let address = IPAddress("127.0.0.1") else { return nil }
    let verdict = policy.judge(address)
    if case .open = verdict { return nil }
    return AddressRefusal(address: address, verdict: verdict)
  }

  private static func refusal(_ text: String, _ verdict: NetworkPolicy.Verdict) -> AddressRefusal? {
    IPAddress(text).map { AddressRefusal(address: $0, verdict: verdict) }
  }

  /// In lower case, without the dots at the end that resolvers take no account of.
  private static func plain(_ host: String) -> Substring {
    var name = host.lowercased()[...]
    while name.endsWithBytes(of: ".") { name.removeLast() }
    return name
  }

  /// Whether it is the name of a cloud's metadata service.
  static func isMetadata(_ host: String) -> Bool {
    let name = plain(host)
    if metadataNames.contains(String(name)) { return true }
    // Within a cloud a name may be written with the domain of the project or the region.
    guard name.endsWithBytes(of: ".internal"),
      let first = name.splitAtScalar(".", omittingEmpty: true).first
    else {
      return false
    }
    return ["metadata", "instance-data"].contains(first)
  }

  private static let metadataNames: Set<String> = [
    "metadata", "instance-data", "metadata.goog", "metadata.packet.net",
    "metadata.platformequinix.com", "metadata.tencentyun.com", "api.metadata.cloud.ibm.com",
    "rancher-metadata", "rancher-metadata.rancher.internal",
  ]

  /// RFC 6761 gives `localhost` and all names below it to the machine itself.
  private static func isLoopback(_ name: Substring) -> Bool {
    loopbackNames.contains(String(name)) || name.endsWithBytes(of: ".localhost")
  }

  private static let loopbackNames: Set<String> = [
    "localhost", "localhost.localdomain", "localhost4", "localhost6",
    "localhost4.localdomain4", "localhost6.localdomain6", "ip6-localhost", "ip6-loopback",
  ]
}
