// Findings of the decoder: what does not fit the form of a spec.

extension FindingCode {
  package static let unsupportedVersion = FindingCode(
    refusal: "unsupported-version", "`version` is missing or is not 1.",
    explanation: """
      Every spec starts with `version: 1`. A spec without it counts as version 0. There is no
      other version yet.
      """,
    fix: "writes `version: 1` where it is missing",
    bad: "deploy:\n  port: 8080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let unknownKey = FindingCode(
    refusal: "unknown-key", "A key that the server does not know.",
    explanation: """
      Unknown keys are errors at every level, so that a misspelt key is never silently without
      effect. Keys are compared letter by letter: `Port` is not `port`. The keys at the top are `version`
      and `deploy`; those under `deploy` are `port`, `healthcheck` and `deploy_strategy`.
      """,
    fix: "writes a key that is meant but for the case of its letters or `-`, `_` and spaces",
    bad: "version: 1\ndeploy:\n  prot: 8080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let reservedKey = FindingCode(
    refusal: "reserved-key", "A key of another place or time: `env`, `faces`, `resources` …",
    explanation: """
      Plans and discussions of Tinyforge name keys that version 1 does not have. `env` is one on
      purpose: values of the environment are secrets, and stay in Tinyforge's encrypted database.
      `faces` (public routes), `resources` and `max_instances` are not fields of `dockerfile` and
      `static` sources. Where the repository is (`provider`, `base_url`, `branch` …) and how it is
      read (`access_token`) the workload says in Tinyforge. The server refuses them all as unknown
      keys.
      """,
    bad: "version: 1\nenv:\n  LEVEL: info\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")

  package static let duplicateKey = FindingCode(
    refusal: "duplicate-key", "A key appears twice in one mapping.",
    explanation: """
      The server refuses a mapping in which a key appears twice, whatever the values are. Keep the
      one that is meant.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n  port: 9090\n",
    good: "version: 1\ndeploy:\n  port: 9090\n")

  package static let wrongType = FindingCode(
    refusal: "wrong-type", "A value of the wrong type, such as a quoted port.",
    explanation: """
      `version` and `port` are numbers: written in quotes they are text, and refused. `deploy` is a
      mapping. `healthcheck` and `deploy_strategy` are text, and take any plain value as its text.
      """,
    fix: "removes the quotes around a number",
    bad: "version: 1\ndeploy:\n  port: \"8080\"\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}
