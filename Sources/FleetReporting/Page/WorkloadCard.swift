import Reporting
import TinyforgeCore

/// One workload on the page: a line with its result, and its details below.
struct WorkloadCard {
  let phrases: Phrases
  let subject: PageSubject
  /// The details of what needs attention are open.
  let opensTrouble: Bool
  /// The page tells the workloads of several servers apart.
  let hasServers: Bool
  private let details: DriftDetails

  init(phrases: Phrases, subject: PageSubject, opensTrouble: Bool, hasServers: Bool) {
    self.hasServers = hasServers
    self.phrases = phrases
    self.subject = subject
    self.opensTrouble = opensTrouble
    details = DriftDetails(phrases: phrases) { HTMLText.encoded($0) }
  }

  func render(_ workload: ReportedWorkload) -> String {
    let workload = workload.translated(by: phrases)
    let verdict = subject.verdict(on: workload)
    let causes =
      subject == .drift ? workload.drift.map(\.cause.rawValue).joined(separator: " ") : ""
    let preview = SpecPreview(phrases: phrases, subject: subject)
    let left = fields(workload) + managed(workload) + preview.render(workload)
    return
      "<article id=\"\(Self.anchor(workload))\" data-v=\"\(verdict.rawValue)\" data-s=\"\(HTMLText.encoded(workload.sourceKind))\""
      + (hasServers ? " data-h=\"\(HTMLText.encoded(Self.mark(of: workload.server)))\"" : "")
      + " data-c=\"\(causes)\" data-q=\"\(HTMLText.encoded(searched(workload)))\">"
      + "<details\(opensTrouble && verdict.needsAttention ? " open" : "")>\n"
      + summary(workload, verdict) + "<div class=\"body\">\n" + says(workload, verdict)
      + (left.isEmpty ? "" : "<div>\n\(left)</div>\n") + "<div>\n\(facts(workload))</div>\n"
      + "</div></details></article>\n"
  }

  /// What the filter knows a server by; no server is called `-`.
  static func mark(of server: String?) -> String { server ?? "-" }

  /// What the search looks in.
  private func searched(_ workload: ReportedWorkload) -> String {
    let spec = workload.spec
    return
      ([
        workload.server == nil ? "" : workload.shownName, workload.name, workload.id,
        spec?.repository ?? "", spec?.path ?? "", spec?.commit ?? "", workload.message,
      ] + workload.drift.flatMap(searched) + workload.mergeFaults + workload.notes
      + workload.findings.flatMap { [$0.code, $0.message] })
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func searched(_ entry: ReportedDrift) -> [String] {
    let texts =
      [entry.repo, entry.live, entry.base].compactMap { $0.map { ValueText.shown($0, phrases) } }
      + [entry.field]
    guard subject == .drift else { return texts }
    return texts + [
      phrases.cause(entry.cause), entry.cause.rawValue, entry.touched?.author ?? "",
      entry.syncedBy?.actor ?? "",
    ]
  }

  /// What a link to the workload ends in: its server, its name and its id, the same in every report.
  static func anchor(_ workload: ReportedWorkload) -> String {
    let server = workload.server.map { encoded("\($0)/") } ?? ""
    return "w-\(server)\(encoded(workload.name))--\(encoded(workload.id))"
  }

  /// Letters and digits of ASCII, full stops and hyphens; `_XX` for any other byte.
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if Unicode.Scalar(byte).isASCIIWordCharacter || "-.".utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func summary(_ workload: ReportedWorkload, _ verdict: WorkloadVerdict) -> String {
    let id = workload.name.isEmpty ? "" : " <small>\(HTMLText.encoded(workload.id))</small>"
    return
      "<summary><span class=\"pill \(verdict.rawValue)\">\(subject.pill(verdict, phrases))</span>"
      + "<h3>\(HTMLText.encoded(workload.shownName))\(id)</h3>"
      + "<span class=\"sub\">\(HTMLText.encoded(workload.sourceKind)) · \(tale(workload))</span>"
      + "</summary>\n"
  }

  /// The line below the name: what drifted, or how it went.
  private func tale(_ workload: ReportedWorkload) -> String {
    let words = subject.words(on: workload, phrases)
    guard !workload.drift.isEmpty else { return words }
    let fields = workload.drift.map { HTMLText.encoded($0.field) }.joined(separator: ", ")
    return "\(words): \(fields)"
  }

  // MARK: Messages

  private func says(_ workload: ReportedWorkload, _ verdict: WorkloadVerdict) -> String {
    let errors = workload.findings.filter { $0.severity == .error }.map { finding in
      "<p><code>\(finding.line):\(finding.column)</code> \(HTMLText.message(finding.message))"
        + (finding.help.map { " — \(HTMLText.message($0))" } ?? "") + "</p>"
    }
    var boxes: [String] = []
    // The message of an invalid spec is that of its first fault, which is shown with its place.
    let message =
      workload.message.isEmpty || !errors.isEmpty
      ? "" : "<p>\(HTMLText.message(workload.message))</p>"
    if !message.isEmpty || !errors.isEmpty {
      boxes.append("<div class=\"say \(look(verdict))\">\(message)\(errors.joined())</div>")
    }
    boxes += workload.mergeFaults.map {
      "<div class=\"say warn\"><p>\(phrases.wouldBeRefused): \(HTMLText.message($0))</p></div>"
    }
    boxes += workload.notes.map {
      "<div class=\"say mute\"><p>\(phrases.note) \(HTMLText.message($0))</p></div>"
    }
    return boxes.isEmpty ? "" : "<div class=\"wide\">\(boxes.joined())</div>\n"
  }

  private func look(_ verdict: WorkloadVerdict) -> String {
    switch verdict {
    case .fetchFailed, .invalid: "bad"
    case .noFile: "warn"
    default: "mute"
    }
  }

  // MARK: Fields

  private func fields(_ workload: ReportedWorkload) -> String {
    guard !workload.drift.isEmpty else { return "" }
    return "<h4>\(subject.fieldsHeading(phrases))</h4>\n<ul class=\"fields\">"
      + workload.drift.map { field($0, workload.spec?.path ?? "") }.joined() + "</ul>\n"
  }

  private func field(_ entry: ReportedDrift, _ path: String) -> String {
    "<li><div class=\"name\">\(PageText.code(entry.field))"
      + "<span>\(HTMLText.encoded(path)):\(entry.line):\(entry.column)</span></div>"
      + (subject == .plan ? change(entry) : sides(entry) + causes(entry)) + "</li>\n"
  }

  private func change(_ entry: ReportedDrift) -> String {
    "<dl class=\"pair\"><div><dt>\(phrases.fromColumn)</dt><dd>\(value(entry.live))</dd></div>"
      + "<div class=\"to\"><dt>\(phrases.toColumn)</dt><dd>\(value(entry.repo))</dd></div></dl>"
  }

  private func sides(_ entry: ReportedDrift) -> String {
    "<dl class=\"pair\"><div><dt>\(phrases.specColumn)</dt><dd>\(value(entry.repo))</dd></div>"
      + "<div class=\"live\"><dt>\(phrases.liveColumn)</dt><dd>\(value(entry.live))</dd></div></dl>"
  }

  private func causes(_ entry: ReportedDrift) -> String {
    let others = [
      details.lasting(entry), details.base(entry), details.touched(entry), details.synced(entry),
    ].compactMap(\.self)
    return "<ul class=\"why\"><li><span class=\"tag\">\(phrases.cause(entry.cause))</span> "
      + "\(details.reason(entry))</li>\(others.map { "<li>\($0)</li>" }.joined())</ul>"
  }

  private func value(_ value: JSONValue) -> String {
    HTMLText.encoded(ValueText.shown(value, phrases))
  }

  private func managed(_ workload: ReportedWorkload) -> String {
    guard !workload.managedFields.isEmpty else { return "" }
    let drifted = Set(workload.drift.map(\.field))
    let badges = workload.managedFields.map { name in
      let isOff = drifted.contains(name)
      let word = isOff ? subject.differingField(phrases) : phrases.syncedField
      return "<li\(isOff ? " class=\"off\"" : "")>\(HTMLText.encoded(name))"
        + "<span class=\"vh\"> (\(word))</span></li>"
    }
    return "<h4>\(phrases.managedFields(workload.managedFields.count))</h4>\n"
      + "<ul class=\"badges\">\(badges.joined())</ul>\n"
  }

  // MARK: Facts

  private func facts(_ workload: ReportedWorkload) -> String {
    let anchor = Self.anchor(workload)
    let spec = workload.spec
    let commit = spec?.commit.map { commit in
      PageText.commit(commit) + (spec?.committedAt.map { " · \(PageText.time($0))" } ?? "")
        + (spec?.subject.map { "<br>\(HTMLText.encoded($0))" } ?? "")
    }
    let sync =
      workload.lastSyncAt.isEmpty
      ? phrases.never
      : PageText.time(workload.lastSyncAt)
        + (workload.lastSyncCommit.isEmpty ? "" : " · \(PageText.commit(workload.lastSyncCommit))")
    let rows: [(String, String?)] = [
      (phrases.repository, spec?.repository.map { HTMLText.encoded($0) }),
      (phrases.specHeading, spec.map { PageText.code($0.path) }), (phrases.commit, commit),
      (phrases.lastSync, sync), (phrases.fetched, workload.fetchedAt.map(PageText.time)),
      (phrases.anchor, "<a href=\"#\(anchor)\">#\(anchor)</a>"),
    ]
    let list = rows.compactMap { row in row.1.map { "<dt>\(row.0)</dt><dd>\($0)</dd>" } }
    return "<h4>\(phrases.syncHeading)</h4>\n<dl class=\"facts\">\(list.joined())</dl>\n"
  }
}
