package import TinyforgeCore

/// What a report's files are called where all of a pipeline's findings are about one repository.
package struct DriftPaths {
  private let isOneRepository: Bool

  /// Looks whether the report is about one repository.
  package init(_ report: DriftReport) {
    isOneRepository = Set(report.workloads.compactMap { $0.spec?.repository }).count <= 1
  }

  /// The path in the repository, where the whole report is about that one; nil elsewhere, for a
  /// path in another repository would be taken for one in this.
  package func inRepository(_ workload: ReportedWorkload) -> String? {
    isOneRepository ? workload.spec?.path : nil
  }

  /// A path for forms that must have one: apart from that one repository, the repository's name
  /// comes before it, or the workload's if no repository was read.
  package func always(_ workload: ReportedWorkload) -> String {
    if let path = inRepository(workload) { return path }
    let parts = (workload.spec?.repository ?? workload.shownName).splitAtScalar(
      "/", omittingEmpty: true
    ).suffix(2)
    let place = parts.map { part in
      part.endsWithBytes(of: ".git") && part != ".git" ? String(part.dropLast(4)) : String(part)
    }
    return (place + [workload.spec?.path ?? ".tinyforge.yml"]).joined(separator: "/")
  }
}
