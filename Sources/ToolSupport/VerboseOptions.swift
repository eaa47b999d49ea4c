import ArgumentParser
package import Reporting

/// How much of a report for people is listed, the same in plan, drift and apply.
package struct VerboseOptions: ParsableArguments {
  @Flag(help: "List the workloads in sync too, which --all only counts.")
  package var verbose = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    verbose = line.flag("--verbose")
  }

  /// What is listed; workloads that were named are, whatever became of them.
  package func listing(areNamed: Bool) -> WorkloadListing {
    verbose || areNamed ? .all : .changes
  }
}
