/// The version of the toolkit, which all four tools share.
package enum ToolkitVersion {
  package static let current = "0.1.0"
}
