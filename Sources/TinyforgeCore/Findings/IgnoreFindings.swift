// Findings on the comments that ignore findings.

extension FindingCode {
  package static let unusedIgnore = FindingCode(
    advice: "unused-ignore", .warning, "A comment ignores a finding that is not there.",
    explanation: """
      `# tinyforge: ignore[CODE] reason` outlives its reason easily. One that ignores nothing any
      more would hide the next finding of that kind, so it is reported, and `--fix` removes it.
      """,
    fix: "removes the comment, or the code from its list",
    bad:
      "version: 1\ndeploy:\n  port: 8080 # tinyforge: ignore[octal-number] the old port was 010\n",
    good:
      "version: 1\ndeploy:\n  port: 010 # tinyforge: ignore[octal-number] port 8, as in the manual\n"
  )

  package static let badIgnore = FindingCode(
    advice: "bad-ignore", .warning, "A comment that ignores findings is not written as it must be.",
    explanation: """
      The form is `# tinyforge: ignore[CODE, CODE] reason`: at least one code that `--list-codes`
      knows, and a reason for the next person. Behind a pair it is about that pair; on a line of its
      own about the next pair with all that belongs to it. The server's own refusals cannot be ignored.
      A comment that is nearly of this form, such as `# tinyforge: disable[CODE]` or one within another
      comment, has no effect and is reported as well.
      """,
    bad: "version: 1\ndeploy:\n  port: 010 # tinyforge: ignore[octal-number]\n",
    good:
      "version: 1\ndeploy:\n  port: 010 # tinyforge: ignore[octal-number] port 8, as in the manual\n"
  )
}
