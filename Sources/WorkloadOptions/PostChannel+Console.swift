package import Posting
package import Reporting
import TinyforgeCore
package import ToolSupport

extension PostChannel {
  /// The channel of a tool: its console, and the forges that its options let it reach.
  ///
  /// `isShownWithReport`: what a dry run shows follows the report on standard output, where no program reads it.
  package init(
    _ phrases: Phrases, _ network: NetworkOptions, _ console: Console, isShownWithReport: Bool
  ) {
    self.init(
      phrases: phrases, settings: Result { () throws(Failure) in try network.settings() },
      tokens: network.tokens,
      hint: console.hint, warn: console.warn,
      showing: { text in
        guard isShownWithReport, (try? console.print(text)) != nil else {
          return console.show(text)
        }
      })
  }
}
