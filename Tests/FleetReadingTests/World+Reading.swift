import FleetReading
import GitSpecs
import ProviderHTTP
import TestSupport
import TinyforgeCore
import WorkloadStore

extension World {
  /// The database, open for reading; `hint` is given what its schema lacks.
  func reader(hint: (String) -> Void = { _ in }) throws -> any WorkloadStore {
    try StoreEngines.address(database).openForReading(hint: hint)
  }

  /// The rows of the database, in its order.
  func rows() throws -> [Workload] { try reader().workloads() }

  /// The row of that id.
  func row(_ id: String = "w1") throws -> Workload {
    guard let row = try rows().first(where: { $0.id == id }) else {
      throw TestSupportError("there is no workload \(id)")
    }
    return row
  }

  /// What finds specs in the mirrors of this world, or in one repository.
  func locator(repository: String? = nil, revision: String? = nil, folders: [String]? = nil)
    -> SpecLocator
  {
    SpecLocator(
      repository: repository, revision: revision, mirrors: folders ?? [mirrors], mode: .local,
      forges: ForgeReader(settings: HTTPSettings(), tokens: TokenBook(), cache: nil),
      fetchTimeout: .seconds(1))
  }
}
