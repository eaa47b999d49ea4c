// Compiled by ci/fuzz into one module with TinyforgeCore, so that is not imported.
import ServerYAML

/// The YAML reader takes any bytes without a crash, and every node lies within the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let document = try? YAMLReader.read(bytes) else { return 0 }
  let length = SourceText(bytes).scalars.count
  for node in document.nodes {
    check(node.span.lowerBound >= 0 && node.span.upperBound <= length + 1, "outside")
    check(node.children.allSatisfy(document.nodes.indices.contains), "no such child")
    _ = try? node.resolved()
  }
  return 0
}

/// Ends the run with a message, which `precondition` leaves out of an optimized build.
private func check(_ holds: Bool, _ message: String) {
  if !holds { fatalError(message) }
}
