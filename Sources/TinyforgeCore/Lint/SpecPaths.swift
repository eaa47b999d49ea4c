/// Which paths of a repository are specs.
package struct SpecPaths: Sendable {
  /// Patterns from the root of the repository on.
  package var patterns: [PathPattern]
  /// Whether a file of the usual name is a spec in any folder.
  package var inAnyFolder: Bool

  /// Creates one from its parts.
  package init(patterns: [PathPattern] = [], inAnyFolder: Bool = true) {
    self.patterns = patterns
    self.inAnyFolder = inAnyFolder
  }

  /// Whether the file at a path, from the root on, is to be checked: a spec, or what nearly has the name of a spec
  /// or of the configuration.
  package func select(_ path: String) -> Bool {
    hold(path) || nearMiss(path) != nil || isMisnamedConfiguration(path)
  }

  /// Whether the file at a path has nearly the name of the configuration, which is looked for at the root alone.
  package func isMisnamedConfiguration(_ path: String) -> Bool {
    let length = LintConfiguration.fileName.utf8.count
    guard inAnyFolder, length - 1...length + 1 ~= path.utf8.count, !hold(path) else { return false }
    return SpecName.nearMiss(path, of: [LintConfiguration.fileName]) != nil
  }

  /// Whether the path is a spec's.
  package func hold(_ path: String) -> Bool {
    if inAnyFolder, Self.name(of: path).hasSameBytes(as: FindingCode.usualName) { return true }
    return patterns.contains { $0.matches(path) }
  }

  /// The name that a file should have whose own name is nearly that; nil for specs and for other files.
  ///
  /// Folders whose name begins with a dot, such as `.github`, hold no specs under nearly their name.
  package func nearMiss(_ path: String) -> String? {
    let (name, folder) = (Self.name(of: path), Self.folder(of: path))
    var usual = inAnyFolder ? [FindingCode.usualName] : []
    for pattern in patterns
    where pattern.isLiteral && Self.folder(of: pattern.text).hasSameBytes(as: folder) {
      usual.append(String(Self.name(of: pattern.text)))
    }
    // Most names differ from the usual ones in their length.
    guard usual.contains(where: { abs($0.utf8.count - name.utf8.count) <= 2 }),
      let meant = SpecName.nearMiss(String(name), of: usual), !hold(path), !Self.isHidden(folder)
    else { return nil }
    return meant
  }

  /// The names that the file at a path may have, for the rule on names.
  package func usualNames(at path: String) -> [String] {
    if let usual = nearMiss(path) { return [usual] }
    return [String(Self.name(of: path))]
  }

  /// What is looked for, for messages.
  package var shown: String {
    let names = (inAnyFolder ? [FindingCode.usualName] : []) + patterns.map(\.text)
    return names.map(\.shownSafely).joined(separator: ", ")
  }

  private static func name(of path: String) -> Substring {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    return path[(slash.map { path.utf8.index(after: $0) } ?? path.startIndex)...]
  }

  private static func isHidden(_ folder: Substring) -> Bool {
    var before = UInt8(ascii: "/")
    for byte in folder.utf8 {
      if byte == UInt8(ascii: "."), before == UInt8(ascii: "/") { return true }
      before = byte
    }
    return false
  }

  private static func folder(of path: String) -> Substring {
    path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
  }
}
