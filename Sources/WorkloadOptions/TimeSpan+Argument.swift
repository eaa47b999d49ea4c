import ArgumentParser
package import TinyforgeCore

extension TimeSpan: ExpressibleByArgument {
  /// Reads a word of the command line; nil where it does not fit.
  package init?(argument: String) { self.init(argument) }

  /// The span with its unit.
  package var defaultValueDescription: String { text }
}
