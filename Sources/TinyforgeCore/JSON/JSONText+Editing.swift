/// Changes of a member that keep every other byte of the text.
extension JSONText {
  /// The text with a member's value replaced, or with the member added after the last one.
  ///
  /// An added member is laid out as the one before it is.
  package func setting(_ name: String, to value: JSONValue) throws(JSONFault) -> JSONText {
    try setting([(name, value)])
  }

  /// The same for several members, whose names are different, one after the other.
  package func setting(_ changes: [(name: String, value: JSONValue)]) throws(JSONFault) -> JSONText
  {
    var added: [UInt8] = []
    var replaced: [(range: Range<Int>, text: [UInt8])] = []
    for change in changes {
      let written = Array(JSONWriter.compact(change.value).utf8)
      if let member = members.first(where: { $0.name.hasSameBytes(as: change.name) }) {
        replaced.append((member.valueRange, written))
      } else {
        let quoted = Array(JSONWriter.compact(.string(change.name)).utf8)
        added += addition(quoted, written, isFirst: members.isEmpty && added.isEmpty)
      }
    }
    // From the end on, so that what is before keeps its place.
    var changed = bytes
    changed.insert(contentsOf: added, at: additionPoint)
    for (range, text) in replaced.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      changed.replaceSubrange(range, with: text)
    }
    return try JSONText(changed)
  }

  /// The text without a member; as it is where there is none of that name.
  ///
  /// Removing what ``setting(_:to:)`` added gives the text from before.
  package func removing(_ name: String) throws(JSONFault) -> JSONText {
    guard let index = members.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
      return self
    }
    let member = members[index]
    var changed = bytes
    if index > 0 {
      changed.removeSubrange(
        members[index - 1].valueRange.upperBound..<member.valueRange.upperBound)
    } else if members.count > 1 {
      changed.removeSubrange(member.nameRange.lowerBound..<members[1].nameRange.lowerBound)
    } else {
      changed.removeSubrange(member.nameRange.lowerBound..<member.valueRange.upperBound)
    }
    return try JSONText(changed)
  }

  /// After the last value, or after the opening brace.
  private var additionPoint: Int { members.last?.valueRange.upperBound ?? bodyStart }

  private func addition(_ name: [UInt8], _ value: [UInt8], isFirst: Bool) -> [UInt8] {
    guard let last = members.last else {
      return (isFirst ? [] : [UInt8(ascii: ",")]) + name + [UInt8(ascii: ":")] + value
    }
    let colon = bytes[last.nameRange.upperBound..<last.valueRange.lowerBound]
    return [UInt8(ascii: ",")] + leadingSpace(of: last) + name + Array(colon) + value
  }

  /// The white space before the last member's name.
  private func leadingSpace(of member: Member) -> [UInt8] {
    var start = member.nameRange.lowerBound
    while start > bodyStart, JSONReader.isWhiteSpace(bytes[start - 1]) { start -= 1 }
    return Array(bytes[start..<member.nameRange.lowerBound])
  }
}
