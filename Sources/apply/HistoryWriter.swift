import Reporting
import TinyforgeCore
import ToolSupport

/// Writes a history entry by entry, so that none is held for long.
struct HistoryWriter {
  private var form: any HistoryForm
  private let format: ListFormat
  private let console: Console
  private var waiting = ""

  init(_ format: ListFormat, _ history: History, _ phrases: Phrases, _ console: Console) {
    (self.format, self.console) = (format, console)
    form =
      switch format {
      case .text: HistoryText(history.names, phrases: phrases, style: console.output)
      case .json: HistoryJSON(history.names)
      }
  }

  /// Whether somebody reads what is written: `| head` ends early.
  var isRead: Bool { !Console.isReaderGone }

  mutating func add(_ entry: HistoryEntry) throws(Failure) {
    waiting += form.add(entry)
    if waiting.utf8.count >= Self.pieceSize { try write() }
  }

  /// Ends the list.
  mutating func end(_ ending: HistoryEnding) throws(Failure) {
    waiting += form.end(ending)
    try write()
  }

  private mutating func write() throws(Failure) {
    try console.print(waiting, as: format.outputForm)
    waiting = ""
  }

  private static let pieceSize = 1 << 16
}
