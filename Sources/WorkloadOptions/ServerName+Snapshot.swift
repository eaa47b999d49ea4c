package import ArgumentParser
package import TinyforgeCore

extension ServerName {
  /// The refusal of a name for the workloads of a snapshot, which keep those that it was taken with.
  package static var refusedBySnapshot: ValidationError {
    ValidationError(
      "a snapshot keeps the name of its server: give it to drift --snapshot, and not with --live"
    )
  }
}
