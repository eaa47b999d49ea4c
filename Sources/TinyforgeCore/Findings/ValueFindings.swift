// Findings on declared values: what the server refuses or ignores after decoding.

extension FindingCode {
  package static let portRange = FindingCode(
    refusal: "port-range", "`port` is not between 1 and 65535.",
    explanation: """
      The number decodes, but a sync is refused: the config that it would make is not valid.
      """,
    bad: "version: 1\ndeploy:\n  port: 70000\n",
    good: "version: 1\ndeploy:\n  port: 7000\n")

  package static let healthcheckForm = FindingCode(
    refusal: "healthcheck-form", "`healthcheck` is neither empty nor a path that starts with `/`.",
    explanation: """
      The probe asks for this path on the container's own port: no scheme, no host, no spaces. An
      empty text turns the probe off. The server reads any plain value as its text, so `5` and `yes`
      decode too, and are refused here.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: healthz\n",
    good: "version: 1\ndeploy:\n  healthcheck: /healthz\n")

  package static let unknownStrategy = FindingCode(
    refusal: "unknown-strategy", "`deploy_strategy` is none of those that the server knows.",
    explanation: """
      `recreate` stops the old version before the new one starts, and is what the empty text means.
      `blue-green` starts the new one beside the old one and switches over when it is healthy.
      """,
    fix: "writes a strategy that is meant but for the case of its letters or `-`, `_` and spaces",
    bad: "version: 1\ndeploy:\n  deploy_strategy: bluegreen\n",
    good: "version: 1\ndeploy:\n  deploy_strategy: blue-green\n")

  package static let ignoredField = FindingCode(
    advice: "ignored-field", .warning, "A field that workloads of this source ignore.",
    explanation: """
      A `static` workload honours `deploy_strategy` alone. The server reads `port` and
      `healthcheck` without a word, and does nothing with them.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n",
    good: "version: 1\ndeploy:\n  deploy_strategy: recreate\n", source: .staticSite)
}
