/// JUnit's XML, as Jenkins and others read it: one suite of cases, of which only their text is kept.
struct JUnitSuite: Sendable {
  /// A case; what it says is plain text.
  struct Case {
    /// What became of it, with a type and a message on one line.
    enum Outcome {
      case passed
      case skipped(String)
      case failed(type: String, message: String, text: String)
      case broken(type: String, message: String, text: String)
    }

    var name: String
    var outcome: Outcome
    /// What else there is to say; empty for nothing.
    var output: String
  }

  private let name: String
  private var elements: [String] = []
  private var (failures, errors, skipped) = (0, 0, 0)

  init(name: String, cases: [Case]) {
    self.name = name
    for test in cases {
      elements.append(element(test))
      switch test.outcome {
      case .passed: break
      case .skipped: skipped += 1
      case .failed: failures += 1
      case .broken: errors += 1
      }
    }
  }

  /// Adds the cases of a suite of the same name.
  static func += (suite: inout JUnitSuite, next: JUnitSuite) {
    suite.elements += next.elements
    suite.failures += next.failures
    suite.errors += next.errors
    suite.skipped += next.skipped
  }

  func render() -> String { pieces.joined() }

  var pieces: [String] {
    let totals = "tests=\"\(elements.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    let start =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\" \(totals)>\n"
      + "  <testsuite name=\"\(name)\" \(totals) skipped=\"\(skipped)\" time=\"0\">\n"
    return [start] + elements + ["  </testsuite>\n</testsuites>\n"]
  }

  private func element(_ test: Case) -> String {
    let output =
      test.output.isEmpty
      ? "" : "      <system-out>\(XMLText.encoded(test.output))</system-out>\n"
    let parts = outcome(test.outcome) + output
    let start =
      "    <testcase name=\"\(XMLText.attribute(test.name))\" classname=\"\(name)\" time=\"0\""
    return parts.isEmpty ? start + "/>\n" : start + ">\n" + parts + "    </testcase>\n"
  }

  private func outcome(_ outcome: Case.Outcome) -> String {
    switch outcome {
    case .passed: ""
    case .skipped(let message): "      <skipped message=\"\(XMLText.attribute(message))\"/>\n"
    case .failed(let type, let message, let text): fault("failure", type, message, text)
    case .broken(let type, let message, let text): fault("error", type, message, text)
    }
  }

  private func fault(_ element: String, _ type: String, _ message: String, _ text: String) -> String
  {
    "      <\(element) type=\"\(XMLText.attribute(type))\" message=\"\(XMLText.attribute(message))\">"
      + "\(XMLText.encoded(text))</\(element)>\n"
  }
}
