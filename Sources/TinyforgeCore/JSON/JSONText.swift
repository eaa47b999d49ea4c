/// A JSON object as its text, with the byte ranges of its members: what is needed to change a
/// member and leave every other byte as it is.
package struct JSONText: Sendable {
  /// A member of the top-level object.
  package struct Member: Sendable {
    /// The member's name.
    package var name: String
    /// The member's value.
    package var value: JSONValue
    /// The quoted name's bytes.
    package var nameRange: Range<Int>
    /// The value's bytes.
    package var valueRange: Range<Int>
  }

  /// The text as it was read.
  package let bytes: [UInt8]
  /// The members, in the order of the text.
  package let members: [Member]
  /// The offset of the object's closing brace.
  let closingBrace: Int
  /// The offset after the object's opening brace.
  let bodyStart: Int

  /// Reads an object strictly by RFC 8259.
  ///
  /// Also refused, since two readers could take it differently: a name that is twice in
  /// one object, more than 200 levels, a byte order mark.
  package init(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    let object = try reader.readTopLevelObject()
    self.bytes = bytes
    members = object.members
    bodyStart = object.bodyStart
    closingBrace = object.closingBrace
  }

  /// The value of a member; nil where the object lacks it.
  package subscript(name: String) -> JSONValue? {
    members.first { $0.name.hasSameBytes(as: name) }?.value
  }
}
