import ArgumentParser
import GitSpecs
import Glibc
import SystemPackage
import TinyforgeCore
import ToolSupport

/// The options that install and remove git's hooks.
struct HookOptions: ParsableArguments {
  @Flag(
    help: """
      Install a hook in the repository: pre-commit (default), pre-merge-commit, pre-push; on a server \
      pre-receive (default of a bare repository) or update. A hook that is there still runs.
      """)
  var installHook = false

  @Flag(help: "Remove that hook; what was there before is back as it was.")
  var uninstallHook = false

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    installHook = line.flag("--install-hook")
    uninstallHook = line.flag("--uninstall-hook")
    line.check(validate)
  }

  func validate() throws {
    if installHook, uninstallHook {
      throw ValidationError("--install-hook and --uninstall-hook exclude each other")
    }
  }

  /// What was done, where one of the two was asked for.
  func answer(_ names: [String], _ place: LintPlace) throws -> String? {
    guard installHook || uninstallHook else { return nil }
    guard names.count <= 1 else {
      throw ValidationError("name one hook; the repository is named with --repo")
    }
    let named = try names.first.map(HookScript.named)
    let repository = try openRepository(place)
    let hook = named ?? (repository.isBare ? .preReceive : .preCommit)
    let folder = HookInstallation(repository, tool: Self.tool)
    return try installHook ? folder.install(hook) : folder.uninstall(hook)
  }

  private func openRepository(_ place: LintPlace) throws(Failure) -> GitRepository {
    do {
      return try place.openRepository()
    } catch {
      guard installHook, error.message.utf8.contains("(extensions.objectformat), which".utf8) else {
        throw error
      }
      throw Failure(
        error.code, error.message,
        remedy: "add this line to the hook pre-commit: lint-spec --only-findings || exit $?")
    }
  }

  /// The path of this program.
  private static var tool: FilePath? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return FilePath(platformString: path)
  }
}
