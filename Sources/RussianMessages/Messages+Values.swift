/// Values of fields and JSON documents: what is wrong with them, and what is expected.
extension Messages {
  static let values = #"""

    """#
}
