import GitSpecs
import Glibc
import SystemPackage
import TinyforgeCore

/// The hooks from before, in a folder beside that of the hooks.
///
/// A hook there has its own name, and links under their own names lead to the files that were beside it. So it finds
/// what it looks for, in whatever language and by whichever of `$0`, its name and its folder. The script of
/// ``HookScript`` links what is added to the folder of hooks later.
struct KeptHooks {
  /// The folder's name.
  static let folderName = "tinyforge-kept-hooks"

  private let hooks: FilePath
  private let folder: FilePath

  init(_ repository: GitRepository) {
    hooks = repository.hooksFolder
    folder = repository.sharedFolder.appending(Self.folderName)
  }

  /// The kept hook of that name; nil for none.
  ///
  /// Earlier versions kept what the pre-commit framework runs under the framework's name for it.
  func file(_ hook: HookScript) -> HookFile? {
    [hook.rawValue, "\(hook.rawValue).legacy"].map { HookFile(folder.appending($0)) }.first {
      $0.kind != .nothing && !isOnlyLinked($0)
    }
  }

  /// Moves a hook here and puts `text` in its place, in one step.
  func keep(_ place: HookFile, _ hook: HookScript, text: String) throws(Failure) {
    try HookFile.makeFolder(folder)
    linkFiles()
    let kept = HookFile(folder.appending(hook.rawValue))
    if isOnlyLinked(kept) { kept.remove() }
    try kept.write(text)
    do throws(Failure) {
      try kept.exchange(with: place)
    } catch {
      kept.remove()
      tidy()
      throw error
    }
  }

  /// Puts a kept hook back in the place of ours, or where nothing is.
  func restore(_ kept: HookFile, to place: HookFile) throws(Failure) {
    if place.kind == .nothing {
      try kept.move(to: place)
    } else {
      try kept.exchange(with: place)
      kept.remove()
    }
    tidy()
  }

  /// Links the files beside the hooks; git's examples are left out.
  private func linkFiles() {
    for name in HookFile.names(in: hooks) where !name.string.endsWithBytes(of: ".sample") {
      let link = folder.pushing(name)
      guard HookFile(link).kind == .nothing else { continue }
      _ = target(name).withPlatformString { target in
        link.withPlatformString { symlink(target, $0) }
      }
    }
  }

  private func target(_ name: FilePath) -> FilePath { FilePath("../hooks").pushing(name) }

  /// Whether a file here is a link to the file of its name beside the hooks.
  private func isOnlyLinked(_ file: HookFile) -> Bool {
    guard file.kind == .link, let name = file.path.lastComponent else { return false }
    return file.linkTarget == target(FilePath(root: nil, [name]))
  }

  /// Removes the folder once it holds no hook; what a hook wrote beside itself goes to the hooks.
  private func tidy() {
    guard HookScript.allCases.allSatisfy({ file($0) == nil }) else { return }
    for name in HookFile.names(in: folder) {
      let file = HookFile(folder.pushing(name))
      if isOnlyLinked(file) {
        file.remove()
      } else {
        try? file.move(to: HookFile(hooks.pushing(name)))
      }
    }
    HookFile.removeFolder(folder)
  }
}
