package import Reporting
package import TinyforgeCore

/// Renders drift as one self-contained page of HTML, the twin of Tinyforge's own panel.
///
/// It loads nothing from anywhere, and its Content-Security-Policy admits its own style and script
/// alone. It reads without the script, which only filters.
package struct DriftPage {
  /// With so many workloads that need attention or fewer, their details stand open.
  private static let openLimit = 12
  /// With more workloads than that they stand in groups by status.
  private static let groupLimit = 40
  /// A group that needs no attention is closed with more workloads than that.
  private static let openGroupLimit = 20

  private let phrases: Phrases
  private let version: String

  /// `version` is the toolkit's.
  package init(phrases: Phrases, version: String) {
    self.phrases = phrases
    self.version = version
  }

  /// Renders the report.
  package func render(_ report: DriftReport) -> String {
    let shown = report.worstFirst
    let bad = shown.count { WorkloadVerdict($0).needsAttention }
    let card = WorkloadCard(phrases: phrases, opensTrouble: bad <= Self.openLimit)
    var page = head(report) + banner(report) + (shown.isEmpty ? "" : bar(report))
    page += "<main id=\"fleet\" tabindex=\"-1\">\n<h2>\(phrases.workloadsHeading)</h2>\n"
    page += shown.count > Self.groupLimit ? groups(shown, card) : shown.map(card.render).joined()
    if shown.isEmpty { page += "<p class=\"none\">\(phrases.noWorkloads)</p>\n" }
    page += "<p class=\"none\" id=\"none\" hidden>\(phrases.nothingFits)</p>\n</main>\n"
    let script = shown.isEmpty ? "" : "<script>\(PageScript.text)</script>\n"
    return page + footer + script + "</body>\n</html>\n"
  }

  // MARK: Head

  private func head(_ report: DriftReport) -> String {
    """
    <!doctype html>
    <html lang="\(phrases.language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(title(report)) · Tinyforge</title>
    <link rel="icon" href="data:,">
    <style>\(PageStyle.text)</style>
    </head>
    <body>
    <a class="skip" href="#fleet">\(phrases.skip)</a>

    """
  }

  /// Nothing but the page's own style and script, known by their hashes.
  static let policy =
    "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; "
    + "script-src 'sha256-\(PageScript.hash)'; img-src data:; base-uri 'none'; "
    + "form-action 'none'; require-trusted-types-for 'script'"

  private func title(_ report: DriftReport) -> String { DriftTitle(report, phrases).words }

  private func banner(_ report: DriftReport) -> String {
    var lines = [phrases.lookedAt(PageText.time(report.generatedAt))]
    if let taken = report.snapshotTakenAt {
      lines.append(phrases.snapshotTaken(at: PageText.time(taken)))
    }
    if let shard = report.shard { lines.append(phrases.shard(shard.text)) }
    return """
      <header>
      <p class="brand">Tinyforge · \(phrases.driftHeading)</p>
      <h1>\(title(report))</h1>
      <p class="when">\(HTMLText.encoded(phrases.summary(report.summary)))</p>
      <p class="when">\(lines.joined(separator: " · "))</p>
      </header>

      """
  }

  /// The workloads by status, the worst first; those that need no attention are closed.
  private func groups(_ workloads: [ReportedWorkload], _ card: WorkloadCard) -> String {
    let groups = Dictionary(grouping: workloads) { WorkloadVerdict($0) }
    return WorkloadVerdict.allCases.compactMap { verdict in
      guard let members = groups[verdict] else { return nil }
      let isOpen = verdict.needsAttention || members.count <= Self.openGroupLimit
      return "<details class=\"group\"\(isOpen ? " open" : "")>\n"
        + "<summary><span class=\"pill \(verdict.rawValue)\">\(phrases.pill(verdict))</span> "
        + "<b>\(members.count)</b></summary>\n"
        + members.map(card.render).joined() + "</details>\n"
    }.joined()
  }

  // MARK: Filters

  private func bar(_ report: DriftReport) -> String {
    let count = report.workloads.count
    let shown = HTMLText.encoded(phrases.shown("{0}", of: "{1}"))
    return """
      <div class="bar" id="filters" role="search" aria-label="\(phrases.filters)" hidden>
      <div class="find"><label for="search">\(phrases.search)</label>
      <input type="search" id="search" placeholder="\(phrases.searchHint)" \
      autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></div>
      <details id="more" open><summary>\(phrases.filters)</summary><div class="more">
      \(choice("source", phrases.source, phrases.anySource, sources(report)))
      \(choice("cause", phrases.causeColumn, phrases.anyCause, causes(report)))
      <div class="acts"><button type="button" data-action="open">\(phrases.unfold)</button>
      <button type="button" data-action="close">\(phrases.fold)</button>
      <button type="button" data-action="reset">\(phrases.reset)</button></div>
      <fieldset class="chips"><legend class="vh">\(phrases.statusHeading)</legend>
      \(chips(report))</fieldset>
      </div></details>
      <output id="count" aria-live="polite" data-text="\(shown)">\(count)</output>
      </div>

      """
  }

  private func choice(
    _ id: String, _ label: String, _ any: String, _ options: [(value: String, label: String)]
  ) -> String {
    let list = options.map {
      "<option value=\"\(HTMLText.encoded($0.value))\">\(HTMLText.encoded($0.label))</option>"
    }
    return "<div><label for=\"\(id)\">\(label)</label> <select id=\"\(id)\">"
      + "<option value=\"\">\(any)</option>\(list.joined())</select></div>"
  }

  private func sources(_ report: DriftReport) -> [(value: String, label: String)] {
    Set(report.workloads.map(\.sourceKind)).sorted().map { ($0, $0) }
  }

  private func causes(_ report: DriftReport) -> [(value: String, label: String)] {
    let seen = Set(report.workloads.lazy.flatMap { $0.drift.lazy.map(\.cause) })
    return DriftCause.allCases.filter(seen.contains).map { ($0.rawValue, phrases.cause($0)) }
  }

  private func chips(_ report: DriftReport) -> String {
    var numbers: [WorkloadVerdict: Int] = [:]
    for workload in report.workloads { numbers[WorkloadVerdict(workload), default: 0] += 1 }
    return WorkloadVerdict.allCases.compactMap { verdict in
      numbers[verdict].map { number in
        "<label class=\"chip\"><input type=\"checkbox\" value=\"\(verdict.rawValue)\" checked>"
          + "<span>\(phrases.pill(verdict))</span> <b>\(number)</b></label>\n"
      }
    }.joined()
  }

  private var footer: String {
    "<footer>\(phrases.madeBy("drift \(HTMLText.encoded(version))"))</footer>\n"
  }
}
