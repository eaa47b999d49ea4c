/// The text of a file of git's configuration, read as git's `config.c` reads it.
struct ConfigurationText {
  /// Where a text is not of git's form.
  struct Fault: Error, Equatable {
    /// Counted from 1.
    var line: Int
  }

  private let bytes: [UInt8]
  /// How many bytes were read.
  private var place = 0
  private var line = 1
  /// With a dot at its end; before the first one settings have none.
  private var section: [UInt8] = []

  /// The settings in the order of the text.
  static func settings(in bytes: [UInt8]) throws(Fault) -> [GitSetting] {
    var text = ConfigurationText(bytes: bytes)
    return try text.settings()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func settings() throws(Fault) -> [GitSetting] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    var settings: [GitSetting] = []
    var isComment = false
    while let byte = next() {
      if byte == newline {
        isComment = false
      } else if isComment || isSpace(byte) {
        continue
      } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
        isComment = true
      } else if byte == UInt8(ascii: "[") {
        section = try header() + [UInt8(ascii: ".")]
      } else {
        settings.append(try setting(first: byte))
      }
    }
    return settings
  }

  // MARK: Sections

  private mutating func header() throws(Fault) -> [UInt8] {
    var name: [UInt8] = []
    while let byte = next() {
      if byte == UInt8(ascii: "]"), !name.isEmpty { return name }
      if isSpace(byte) { return name + [UInt8(ascii: ".")] + (try subsection(after: byte)) }
      guard isKey(byte) || byte == UInt8(ascii: ".") else { throw fault }
      name.append(lower(byte))
    }
    throw fault
  }

  private mutating func subsection(after space: UInt8) throws(Fault) -> [UInt8] {
    var byte: UInt8? = space
    while let space = byte, isSpace(space) {
      if space == newline { throw fault }
      byte = next()
    }
    guard byte == UInt8(ascii: "\"") else { throw fault }
    var name: [UInt8] = []
    while let byte = next(), byte != newline {
      if byte == UInt8(ascii: "\"") {
        guard next() == UInt8(ascii: "]") else { throw fault }
        return name
      }
      guard byte == UInt8(ascii: "\\") else {
        name.append(byte)
        continue
      }
      guard let escaped = next(), escaped != newline else { throw fault }
      name.append(escaped)
    }
    throw fault
  }

  // MARK: Keys and values

  private mutating func setting(first: UInt8) throws(Fault) -> GitSetting {
    guard isLetter(first) else { throw fault }
    var name: [UInt8] = []
    name.reserveCapacity(section.count + 32)
    name += section
    name.append(lower(first))
    var byte = next()
    while let key = byte, isKey(key) {
      name.append(lower(key))
      byte = next()
    }
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { byte = next() }
    let text = String(decoding: name, as: UTF8.self)
    guard let byte, byte != newline else { return GitSetting(name: text, value: nil) }
    guard byte == UInt8(ascii: "=") else { throw fault }
    return GitSetting(name: text, value: try value())
  }

  private mutating func value() throws(Fault) -> String {
    var value: [UInt8] = []
    value.reserveCapacity(64)
    // White space at the end does not count.
    var length = 0
    var (isQuoted, isComment) = (false, false)
    while let byte = next(), byte != newline {
      if isComment { continue }
      if !isQuoted, isSpace(byte) {
        if length > 0 { value.append(byte) }
        continue
      }
      if !isQuoted, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
        isComment = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
        length = value.count
      } else if byte == UInt8(ascii: "\\") {
        if let escaped = try escaped() { value.append(escaped) }
        length = value.count
      } else {
        value.append(byte)
        length = value.count
      }
    }
    if isQuoted { throw fault }
    return String(decoding: value.prefix(length), as: UTF8.self)
  }

  /// The character that a backslash escapes; nil if it joins two lines.
  private mutating func escaped() throws(Fault) -> UInt8? {
    switch next() {
    case newline: return nil
    case UInt8(ascii: "t"): return UInt8(ascii: "\t")
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "n"): return newline
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "\""): return UInt8(ascii: "\"")
    default: throw fault
    }
  }

  // MARK: Bytes

  private var fault: Fault { Fault(line: line) }

  /// The next byte; a carriage return before a line break is passed over, and the end ends a line.
  private mutating func next() -> UInt8? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    if byte == 13, place < bytes.count, bytes[place] == newline {
      place += 1
      line += 1
      return newline
    }
    if byte == newline { line += 1 }
    return byte
  }
}

private let newline = UInt8(ascii: "\n")

private func isSpace(_ byte: UInt8) -> Bool {
  byte == 32 || byte == 9 || byte == 10 || byte == 13
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower(byte))
}

private func isKey(_ byte: UInt8) -> Bool {
  isLetter(byte) || byte == UInt8(ascii: "-")
    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// The byte with an ASCII capital made small.
func lower(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
}
