/// The version of the toolkit, which all four tools share.
package enum ToolkitVersion {
  /// The version of all four tools.
  package static let current = "0.1.0"
}
