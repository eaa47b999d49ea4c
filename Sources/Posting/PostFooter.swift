import Forges
import ProviderHTTP
import Reporting
import TinyforgeCore

/// The last line of what is posted, which is about the run.
struct PostFooter {
  private let phrases: Phrases
  private let names: [String]
  private let page: HTTPURL?

  /// Creates one for a run of a pipeline, whose page is linked; an address that could end the link is left out.
  ///
  /// `names` tell it from others of the pipeline.
  init(phrases: Phrases, names: [String?], _ pipeline: Pipeline) {
    self.phrases = phrases
    self.names = names.compactMap(\.self)
    page = pipeline.runPage.flatMap { HTTPURL($0) }
  }

  /// The line in Markdown; `taken` is when the live values were, where a snapshot stood in for the database.
  func text(lookedAt time: String, taken: String? = nil) -> String {
    var parts = [phrases.lookedAt(MarkdownText.code(time))]
    if let taken { parts.append(phrases.snapshotTaken(at: MarkdownText.code(taken))) }
    parts += names.map { MarkdownText.code($0) }
    if let page { parts.append("[\(phrases.run)](\(page.text))") }
    return parts.joined(separator: " · ")
  }
}

extension APIRequest {
  /// The request as a dry run shows it.
  var shown: String {
    let body = json.map { JSONWriter.compact($0) + "\n" } ?? ""
    return "\(method) \(address)\n\(body)"
  }
}
