import Testing
import TinyforgeCore

/// Comments that were meant to ignore a finding and do not, beside prose that only reads alike.
struct IgnoreNearMissTests {
  private static func codes(_ comment: String) -> [String] {
    let text = "version: 1\ndeploy:\n  port: 0100 \(comment)\n"
    let linted = SpecLint.check(Array(text.utf8), settings: SpecLint.Settings())
    return linted.decoded.findings.map(\.code.id).sorted()
  }

  @Test(arguments: [
    "# tinyforge.ignore[octal-number] r", "# tiny-forge: ignore[octal-number] r",
    "# tiny_forge: ignore[octal-number] r", "# Tiny Forge: ignore[octal-number] r",
    "# tinyforge/ignore[octal-number]", "# tinyforgeignore[octal-number] r",
    "# tinyforge: noqa", "# tinyforge:noqa: octal-number", "# TINYFORGE NOQA",
    "# tinyforge-ignore", "#tinyforge-ignore-next-line", "# tinyforge ignore: it is a mode",
    "# tinyforge ignore", "# tinyforge-ignore: octal-number", "# Tinyforge: disable",
    "# tinyforge: disable next line", "# tinyforge: ignored[octal-number]",
    "# tinyforge: nolint", "# tinyforge: skip.", "# tinyforge: off", "# tinyforge: octal-number",
    "# tinyforge: disable=octal-number", "# lint-spec: disable", "# lintspec: ignore[octal-number]",
    "# lint-spec:ignore octal-number", "# lint_spec: off", "# nolint", "#nolint:octal-number",
    "# nolint:tinyforge", "# noqa", "# noqa: octal-number", "# ignore[octal-number] r",
    "# disable:octal-number", "# suppress(octal-number)",
  ])
  func aMissIsFound(_ comment: String) {
    #expect(Self.codes(comment) == ["bad-ignore", "octal-number"], "\(comment)")
  }

  @Test(arguments: [
    "# tinyforge ignores this for static sites", "# what tinyforge ignores",
    "# Tinyforge: disable the cache before the move", "# tinyforge: skip tests on weekends",
    "# see tinyforge.yml and .tinyforge-lint.yml", "# tinyforge.example.org/ignore",
    "# Tinyforge: credential comes from the vault", "# fields that lint-spec would ignore",
    "# Tinyforge: выключить до релиза", "# Tinyforge: off до релиза", "# tinyforge: disable до",
    "# noqa: E501", "# nolint:gosec", "# ignore: old value", "# skip", "# off", "# disable: later",
    "# the tiny forge: off the shelf", "# tiny", "#", "# tinyforge", "# tinyforge:", "# allow",
    "# does tinyforge ignore?", "# octal-number", "# type: ignore[attr]", "# tinyforge: offline",
    "# tinyforge: ignorance is bliss", "# tinyforge-ignored-things stay", "# prettier-ignore",
  ])
  func proseIsNone(_ comment: String) {
    #expect(Self.codes(comment) == ["octal-number"], "\(comment)")
  }
}
