extension FindingCode {
  package static let fileName = FindingCode(
    advice: "file-name", .warning, "A file's name that is nearly a spec's name.",
    explanation: """
      The server looks for one path, letter by letter: `.tinyforge.yml` unless the workload names
      another. A file called `.tinyforge.yaml`, `.Tinyforge.yml` or `tinyforge.yml` is not found, and
      the workload stays unmanaged. Rename the file, or set the workload's path in Tinyforge.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n", fileName: ".tinyforge.yaml")
}

extension SpecRule {
  static let fileName = SpecRule(.fileName) { context in
    guard let name = context.fileName,
      let usual = SpecName.nearMiss(name, of: context.usualNames)
    else { return [] }
    return [
      Finding(
        .fileName, "the server looks for `\(usual.shownSafely)`, not for `\(name.shownSafely)`",
        at: nil, help: "rename the file, or set the workload's path in Tinyforge")
    ]
  }
}

extension Finding {
  static func misnamedConfiguration(_ path: String) -> Finding {
    Finding(
      .fileName,
      "lint-spec reads its configuration from `\(LintConfiguration.fileName)`, not from `\(path.shownSafely)`",
      at: nil, help: "rename the file")
  }
}
