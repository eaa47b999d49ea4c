import Reporting
import TinyforgeCore

/// One self-contained page of HTML on a fleet, the twin of Tinyforge's own panel.
///
/// It loads nothing from anywhere, and its Content-Security-Policy admits its own style and script
/// alone. It reads without the script, which only filters.
struct FleetPage {
  /// With so many workloads that need attention or fewer, their details are open.
  private static let openLimit = 12
  /// With more workloads than that they are grouped by status.
  private static let groupLimit = 40
  /// A group that needs no attention is closed with more workloads than that.
  private static let openGroupLimit = 20

  let phrases: Phrases
  /// The toolkit's.
  let version: String
  let subject: PageSubject
  /// What was found, as plain text of ours.
  let title: String
  /// The numbers, as plain text.
  let summary: String
  /// When and where the run looked, in HTML.
  let times: [String]
  /// What follows the times, in HTML; may be empty.
  var lead = ""
  let workloads: [ReportedWorkload]

  /// Renders the page.
  func render() -> String {
    let byVerdict = Dictionary(grouping: workloads) { subject.verdict(on: $0) }
    let bad = byVerdict.filter { $0.key.needsAttention }.values.reduce(0) { $0 + $1.count }
    let card = WorkloadCard(
      phrases: phrases, subject: subject, opensTrouble: bad <= Self.openLimit,
      hasServers: hasServers)
    var page = head + banner + (workloads.isEmpty ? "" : bar(byVerdict))
    let heading = hasServers ? phrases.workloadsByServer : phrases.workloadsHeading
    page += "<main id=\"fleet\" tabindex=\"-1\">\n<h2>\(heading)</h2>\n"
    page += hasServers ? groups(card) : verdicts(byVerdict, card)
    if workloads.isEmpty { page += "<p class=\"none\">\(phrases.noWorkloads)</p>\n" }
    page += "<p class=\"none\" id=\"none\" hidden>\(phrases.nothingFits)</p>\n</main>\n"
    let element = workloads.isEmpty ? "" : "<script>\(script.text)</script>\n"
    return page + footer + element + "</body>\n</html>\n"
  }

  // MARK: Head

  private var head: String {
    """
    <!doctype html>
    <html lang="\(phrases.language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(title) · Tinyforge</title>
    <link rel="icon" href="data:,">
    <style>\(PageStyle.text)</style>
    </head>
    <body>
    <a class="skip" href="#fleet">\(phrases.skip)</a>

    """
  }

  /// Nothing but the page's own style and script, known by their hashes.
  private var policy: String {
    "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; "
      + "script-src 'sha256-\(script.hash)'; img-src data:; base-uri 'none'; "
      + "form-action 'none'; require-trusted-types-for 'script'"
  }

  private var script: PageScript { hasServers ? .ofServers : .plain }

  /// Whether a run named the server of a workload.
  private var hasServers: Bool { workloads.contains { $0.server != nil } }

  private var banner: String {
    """
    <header>
    <p class="brand">Tinyforge · \(subject.heading(phrases))</p>
    <h1>\(title)</h1>
    <p class="when">\(HTMLText.encoded(summary))</p>
    <p class="when">\(times.joined(separator: " · "))</p>
    \(lead)</header>

    """
  }

  /// The workloads of a verdict: in a large fleet as a group, which is closed if it needs no attention.
  private func list(
    _ verdict: WorkloadVerdict, _ members: [ReportedWorkload], _ card: WorkloadCard
  ) -> String {
    let cards = members.map(card.render).joined()
    guard workloads.count > Self.groupLimit else { return cards }
    let isOpen = verdict.needsAttention || members.count <= Self.openGroupLimit
    return "<details class=\"group\"\(isOpen ? " open" : "")>\n"
      + "<summary><span class=\"pill \(verdict.rawValue)\">\(subject.pill(verdict, phrases))</span> "
      + "<b>\(members.count)</b></summary>\n" + cards + "</details>\n"
  }

  private func verdicts(
    _ byVerdict: [WorkloadVerdict: [ReportedWorkload]], _ card: WorkloadCard
  ) -> String {
    subject.verdicts.compactMap { verdict in byVerdict[verdict].map { list(verdict, $0, card) } }
      .joined()
  }

  /// The workloads of each server as a group, the worst first; it is closed if none of many needs attention.
  private func groups(_ card: WorkloadCard) -> String {
    let byServer = Dictionary(grouping: workloads, by: \.server)
    return servers.map { server in
      let byVerdict = Dictionary(grouping: byServer[server] ?? []) { subject.verdict(on: $0) }
      let members = subject.verdicts.flatMap { byVerdict[$0] ?? [] }
      let worst = members.first.map(subject.verdict) ?? .inSync
      let isOpen = worst.needsAttention || members.count <= Self.openGroupLimit
      return "<details class=\"group\"\(isOpen ? " open" : "")>\n"
        + "<summary><span class=\"pill \(worst.rawValue)\">\(HTMLText.encoded(name(of: server)))</span> "
        + "<b>\(members.count)</b></summary>\n" + members.map(card.render).joined() + "</details>\n"
    }.joined()
  }

  /// The servers in the order of a report, those without a name first.
  private var servers: [String?] {
    Set(workloads.map(\.server)).sorted { ServerName.comesBefore($0, $1) }
  }

  private func name(of server: String?) -> String { server ?? phrases.noServer }

  // MARK: Filters

  private func bar(_ byVerdict: [WorkloadVerdict: [ReportedWorkload]]) -> String {
    let shown = HTMLText.encoded(phrases.shown("{0}", of: "{1}"))
    return """
      <div class="bar" id="filters" role="search" aria-label="\(phrases.filters)" hidden>
      <div class="find"><label for="search">\(phrases.search)</label>
      <input type="search" id="search" placeholder="\(phrases.searchHint)" \
      autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></div>
      <details id="more" open><summary>\(phrases.filters)</summary><div class="more">
      \(serverChoice)\(choice("source", phrases.source, phrases.anySource, sources))
      \(choice("cause", phrases.causeColumn, phrases.anyCause, causes, isHidden: subject == .plan))
      <div class="acts"><button type="button" data-action="open">\(phrases.unfold)</button>
      <button type="button" data-action="close">\(phrases.fold)</button>
      <button type="button" data-action="reset">\(phrases.reset)</button></div>
      <fieldset class="chips"><legend class="vh">\(phrases.statusHeading)</legend>
      \(chips(byVerdict))</fieldset>
      </div></details>
      <output id="count" aria-live="polite" data-text="\(shown)">\(workloads.count)</output>
      </div>

      """
  }

  private func choice(
    _ id: String, _ label: String, _ any: String, _ options: [(value: String, label: String)],
    isHidden: Bool = false
  ) -> String {
    let list = options.map {
      "<option value=\"\(HTMLText.encoded($0.value))\">\(HTMLText.encoded($0.label))</option>"
    }
    return
      "<div\(isHidden ? " hidden" : "")><label for=\"\(id)\">\(label)</label> <select id=\"\(id)\">"
      + "<option value=\"\">\(any)</option>\(list.joined())</select></div>"
  }

  private var serverChoice: String {
    guard hasServers else { return "" }
    let options = servers.map { (value: WorkloadCard.mark(of: $0), label: name(of: $0)) }
    return choice("server", phrases.serverWord, phrases.anySource, options) + "\n"
  }

  private var sources: [(value: String, label: String)] {
    Set(workloads.map(\.sourceKind)).sorted().map { ($0, $0) }
  }

  private var causes: [(value: String, label: String)] {
    guard subject == .drift else { return [] }
    let seen = Set(workloads.lazy.flatMap { $0.drift.lazy.map(\.cause) })
    return DriftCause.allCases.filter(seen.contains).map { ($0.rawValue, phrases.cause($0)) }
  }

  private func chips(_ byVerdict: [WorkloadVerdict: [ReportedWorkload]]) -> String {
    subject.verdicts.compactMap { verdict in
      byVerdict[verdict].map { members in
        "<label class=\"chip\"><input type=\"checkbox\" value=\"\(verdict.rawValue)\" checked>"
          + "<span>\(subject.pill(verdict, phrases))</span> <b>\(members.count)</b></label>\n"
      }
    }.joined()
  }

  private var footer: String {
    "<footer>\(phrases.madeBy("\(subject.rawValue) \(HTMLText.encoded(version))"))</footer>\n"
  }
}
