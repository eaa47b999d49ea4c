package import GitSpecs
package import ProviderHTTP
package import TinyforgeCore

/// Where one workload's specs are read: opened once, read as often as it takes.
package enum SpecSource {
  /// A clone or a bare repository on this machine.
  case repository(GitRepository)
  /// A repository on a forge, asked over HTTP.
  case forge(ForgeRepository, RepositoryCoordinates)
}
