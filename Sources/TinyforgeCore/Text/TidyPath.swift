/// The path without what changes nothing in it: `./` anywhere, and each slash after another.
///
/// A path of nothing else is `.` or `/`.
package func tidyPath(_ path: String) -> String {
  let isAbsolute = path.utf8.first == UInt8(ascii: "/")
  let segments = path.utf8.split(separator: UInt8(ascii: "/")).filter {
    !$0.elementsEqual(".".utf8)
  }
  let tidy = segments.map { String(Substring($0)) }.joined(separator: "/")
  if isAbsolute { return "/" + tidy }
  return tidy.isEmpty && !path.isEmpty ? "." : tidy
}
