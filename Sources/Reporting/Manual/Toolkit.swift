package import TinyforgeCore

/// What reports say of the toolkit that made them.
package struct Toolkit: Sendable {
  /// Its version, such as `0.1.0`.
  package let version: String
  /// The address of the project; nil for a build that does not know one.
  package let project: String?
  /// The address of the documentation's site, without a slash at the end; nil for a build that does not know one.
  package let documentation: String?

  /// An empty address counts as none.
  package init(version: String, project: String = "", documentation: String = "") {
    self.version = version
    self.project = project.isEmpty ? nil : project
    self.documentation = documentation.isEmpty ? nil : documentation
  }

  /// The page on a finding.
  package func page(on code: FindingCode) -> String? {
    documentation.map { "\($0)/rules/\(code.id).html" }
  }

  /// The page on drift.
  var pageOnDrift: String? { documentation.map { "\($0)/drift.html" } }
}

extension [JSONValue.Member] {
  /// Appends a text, or nothing for nil.
  mutating func append(_ name: String, _ text: String?) {
    if let text { append(.init(name, .string(text))) }
  }
}
