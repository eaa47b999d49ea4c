internal import TinyforgeCore

/// The text with every control character as a space, so that it stays one line.
func oneLine(_ text: String) -> String {
  // Nearly every text is.
  if text.isPrintableASCII { return text }
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    line.append(scalar.properties.generalCategory == .control ? " " : scalar)
  }
  return String(line)
}

/// The path without slashes at its end; `/` stays.
func withoutTrailingSlash(_ path: String) -> String {
  var bytes = path.utf8[...]
  while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
  return String(Substring(bytes))
}
