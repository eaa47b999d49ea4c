import TinyforgeCore

/// Text of others in Prometheus' exposition format: a label's value between double quotes.
///
/// Source: Prometheus' documentation, "Exposition formats", text-based format.
package enum PrometheusText {
  /// Backslash, double quote and line feed are escaped; other control characters are shown as
  /// escapes, as in every other format.
  package static func label(_ text: String) -> String {
    text.shownSafely.replacingBytes { byte in
      switch byte {
      case UInt8(ascii: "\\"): "\\\\"
      case UInt8(ascii: "\""): "\\\""
      default: nil
      }
    }
  }
}
