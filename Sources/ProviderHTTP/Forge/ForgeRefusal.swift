internal import TinyforgeCore

/// A workload that could not be read, by what its forge answered.
struct ForgeRefusal: Error {
  /// The failure that the workload is reported with.
  var failure: Failure
  /// What it says of the forge; nil where it only says something of this repository.
  var fault: HTTPFault?
}
