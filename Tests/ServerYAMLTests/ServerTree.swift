import ServerYAML

/// What the reader makes of a text, written just as `Tests/Peers/server-decoder` writes it.
struct ServerTree {
  /// One line of JSON; for an error only that there is one.
  static func line(for bytes: [UInt8]) -> String {
    do throws(YAMLError) {
      guard let document = try YAMLReader.read(bytes) else { return #"{"empty":true}"# }
      let nodes = document.nodes.map { line(for: $0) }
      return #"{"nodes":["# + nodes.joined(separator: ",") + "]}"
    } catch {
      return #"{"error"}"#
    }
  }

  private static func line(for node: YAMLNode) -> String {
    let children = node.children.map { String($0) }.joined(separator: ",")
    return
      #"{"kind":"\#(node.kind)","style":"\#(node.style)","tagged":\#(node.isExplicitlyTagged),"#
      + #""tag":"\#(base64(Array(node.tag.utf8)))","value":"\#(base64(node.value))","#
      + #""anchor":"\#(base64(node.anchor ?? []))","line":\#(node.start.line + 1),"#
      + #""column":\#(node.start.column + 1),"target":\#(node.target ?? -1),"#
      + #""children":[\#(children)],"resolved":"\#(resolved(node))"}"#
  }

  private static func resolved(_ node: YAMLNode) -> String {
    guard node.kind == .scalar else { return "" }
    guard let value = try? node.resolved().value else { return "error" }
    return switch value {
    case .null: "null"
    case .bool(let truth): "bool \(truth)"
    case .int(let number): "int \(number)"
    case .uint(let number): "uint \(number)"
    case .float(let number): number.isNaN ? "float nan" : "float \(number.bitPattern)"
    case .timestamp: "timestamp"
    case .binary(let bytes): "binary \(base64(bytes))"
    case .string, .merge: "string"
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      var quantum: [UInt8] = []
      for _ in 0..<4 {
        quantum.append(alphabet[bits & 63])
        bits >>= 6
      }
      text += quantum.reversed().prefix(group.count + 1)
      text += Array(repeating: 0x3D, count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
