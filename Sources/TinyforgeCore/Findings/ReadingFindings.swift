// Findings of the reader: what keeps the server from reading the text at all.

extension FindingCode {
  package static let syntax = FindingCode(
    refusal: "syntax", "The text is not YAML that the server can read.",
    explanation: """
      The server stops at the first place that it cannot read, and takes nothing from the file.
      Usual causes: a tab as indentation, a quote or bracket that is never closed, a missing
      space behind a colon, a line that is indented more or less than its neighbours.
      """,
    bad: "version: 1\ndeploy:\n\tport: 8080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let encoding = FindingCode(
    refusal: "encoding", "The bytes are not text that the server can read.",
    explanation: """
      The server takes UTF-8, and UTF-16 where a byte order mark says so. Bytes that are no
      character there, and control characters other than tab and line breaks, end the reading.
      """,
    bad: "version: 1 # \u{1}\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let emptySpec = FindingCode(
    refusal: "empty-spec", "The file holds nothing but white space and comments.",
    explanation: """
      An empty file is refused, not taken as a spec that declares nothing. To keep the file
      without managing any field, leave `version: 1` in it.
      """,
    bad: "# nothing yet\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let aliasLoop = FindingCode(
    refusal: "alias-loop", "An alias repeats itself, or expands to far more than was written.",
    explanation: """
      The server follows aliases (`*name`) to their anchors (`&name`). It refuses one that leads
      back into itself, and a text in which nearly everything comes from repeated aliases.
      """,
    bad: "version: 1\ndeploy: &a\n  <<: *a\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let mergeValue = FindingCode(
    refusal: "merge-value", "A merge key `<<` is given something that is not a mapping.",
    explanation: """
      `<<` takes a mapping, an alias of one, or a list of these. Nothing else can be merged.
      """,
    bad: "version: 1\ndeploy:\n  <<: 8080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let tagMismatch = FindingCode(
    refusal: "tag-mismatch", "A tag such as `!!int` does not fit the value behind it.",
    explanation: """
      A tag forces a type. The server refuses the file when the text cannot be read as that type.
      Specs need no tags: leave them out.
      """,
    bad: "version: !!int one\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}
