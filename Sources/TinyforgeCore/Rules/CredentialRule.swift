extension FindingCode {
  package static let credential = FindingCode(
    advice: "credential", .error, "Something that looks like a credential.",
    explanation: """
      No secret belongs in a spec, not even in a comment: every reader of the repository reads it, and
      git keeps it after it is removed. Known tokens are found by how they begin, others by the name
      they are given (`password`, `token`, `secret` …), by their place in a URL, or because they look
      random. The text itself is not shown, unless the rule is off or a comment ignores it there.
      Secrets stay in Tinyforge's encrypted database. A
      credential that was pushed must be revoked, not only removed.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080 # admin password: correct-horse-battery\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let credential = SpecRule(.credential) { context in
    context.credentials.map { credential in
      Finding(
        .credential, "this looks like \(credential.kind)",
        at: credential.span,
        help: "remove it, and revoke it if it was pushed; secrets stay in Tinyforge's database")
    }
  }
}
