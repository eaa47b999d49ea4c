internal import CGit2
internal import TinyforgeCore

/// The object at a path, before its content is read.
enum PathEntry: Equatable {
  case nothing
  case obstacle(SpecObstacle)
  case blob(git_oid)

  init(_ entry: TreeEntry) {
    self = entry.obstacle.map { .obstacle($0) } ?? .blob(entry.id)
  }

  static func == (left: PathEntry, right: PathEntry) -> Bool {
    switch (left, right) {
    case (.nothing, .nothing): true
    case (.obstacle(let left), .obstacle(let right)): left == right
    case (.blob(let left), .blob(let right)): isSame(left, right)
    default: false
    }
  }
}
