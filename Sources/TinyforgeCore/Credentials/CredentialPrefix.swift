/// How the tokens of a service begin, as their makers document it.
struct CredentialPrefix: Sendable {
  /// What may follow.
  enum Body: Sendable {
    case letters, lettersAndMarks, dotted
  }

  let text: [Unicode.Scalar]
  /// How much of the body there must be at least.
  let length: Int
  let body: Body
  let kind: String

  private init(_ text: String, _ length: Int, _ body: Body, _ kind: String) {
    self.text = Array(text.unicodeScalars)
    self.length = length
    self.body = body
    self.kind = kind
  }

  func takes(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isLetterOrDigit { return true }
    switch body {
    case .letters: return false
    case .lettersAndMarks: return scalar == "_" || scalar == "-"
    case .dotted: return "_-.=+/:".unicodeScalars.contains(scalar)
    }
  }

  /// Those that begin with a letter.
  static func beginning(with first: Unicode.Scalar) -> [CredentialPrefix] {
    first.value < 0x80 ? byFirst[Int(first.value)] : []
  }

  /// Made in one pass, since nearly every text that is searched needs it.
  private static let byFirst: [[CredentialPrefix]] = {
    var table = Array(repeating: [CredentialPrefix](), count: 0x80)
    for part in [forges, clouds, services] {
      for prefix in part { table[Int(prefix.text[0].value)].append(prefix) }
    }
    return table
  }()

  /// How many characters a token has at least, its beginning included; no space is among them.
  static let shortestToken =
    [forges, clouds, services].joined()
    .map { $0.text.count + $0.length }.min() ?? 0

  private static let forges: [CredentialPrefix] =
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { .init($0, 30, .letters, "a GitHub token") } + [
      .init("github_pat_", 20, .lettersAndMarks, "a GitHub token"),
      .init("ATBB", 28, .letters, "a Bitbucket token"),
      .init("ATATT3", 40, .dotted, "an Atlassian token"),
    ]
    + [
      "glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glcbt-", "glft-", "glsoat-", "glimt-",
      "glagent-", "gloas-", "glffct-", "GR1348941",
    ].map { .init($0, 16, .lettersAndMarks, "a GitLab token") }

  private static let clouds: [CredentialPrefix] =
    ["AKIA", "ASIA", "ABIA", "ACCA"].map { .init($0, 16, .letters, "an AWS access key") } + [
      .init("AIza", 30, .lettersAndMarks, "a Google API key"),
      .init("ya29.", 20, .lettersAndMarks, "a Google access token"),
      .init("GOCSPX-", 20, .lettersAndMarks, "a Google client secret"),
      .init("dop_v1_", 40, .letters, "a DigitalOcean token"),
      .init("hvs.", 20, .lettersAndMarks, "a Vault token"),
      .init("hvb.", 20, .lettersAndMarks, "a Vault token"),
      .init("tskey-", 16, .lettersAndMarks, "a Tailscale key"),
      .init("AGE-SECRET-KEY-1", 40, .letters, "an age key"),
      .init("dckr_pat_", 20, .lettersAndMarks, "a Docker Hub token"),
    ]

  private static let services: [CredentialPrefix] =
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe.", "xapp-"].map {
      .init($0, 12, .dotted, "a Slack token")
    }
    + ["sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_"].map {
      .init($0, 16, .letters, "a Stripe key")
    } + [
      .init("sk-", 24, .lettersAndMarks, "an API key"), .init("npm_", 30, .letters, "an npm token"),
      .init("pypi-AgE", 40, .lettersAndMarks, "a PyPI token"),
      .init("rubygems_", 40, .letters, "a RubyGems key"),
      .init("hf_", 30, .letters, "a Hugging Face token"),
      .init("SG.", 40, .dotted, "a SendGrid key"),
      .init("glsa_", 30, .lettersAndMarks, "a Grafana token"),
      .init("glc_", 30, .dotted, "a Grafana token"),
      .init("shpat_", 30, .letters, "a Shopify token"),
      .init("lin_api_", 30, .letters, "a Linear key"),
      .init("PMAK-", 40, .lettersAndMarks, "a Postman key"),
      .init("sbp_", 30, .letters, "a Supabase token"),
      .init("eyJ", 40, .dotted, "a JSON web token"),
    ]
}

extension Unicode.Scalar {
  var isLetterOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
