internal import CPosix
internal import Glibc
package import SystemPackage

/// Opens the folder that a path leads to, one component after the other, each through the one before.
///
/// Links are followed as the policy says, by their text. A link that belongs to another account, or lies in a
/// folder of another account's, is never followed: its owner could lead a program that runs as root anywhere.
package struct PathWalk {
  /// Which links may be followed.
  package enum Links: Sendable, Equatable {
    /// Those of this user and of the system.
    case trusted
    /// The same, among that many first components of an absolute path; none among the others.
    case trustedAmong(first: Int)
  }

  /// Why a folder was not opened.
  package enum Fault: Error, Sendable, Equatable {
    case system(Errno)
    /// That link is on the way, and not followed.
    case link(String)
  }

  private var current: Folder
  private var rest: [FilePath.Component]
  /// How the current folder was reached, for messages.
  private var shown: FilePath
  private var linksLeft = 40
  /// How many more components may be links.
  private var freedom: Int

  private init(_ path: FilePath, _ links: Links) throws(Errno) {
    current = try Self.start(path.isAbsolute)
    shown = path.isAbsolute ? "/" : ""
    rest = path.components.reversed()
    switch links {
    case .trusted: freedom = .max
    case .trustedAmong(let first): freedom = path.isAbsolute ? first : 0
    }
  }

  private static func start(_ isAbsolute: Bool) throws(Errno) -> Folder {
    let opened = open(
      isAbsolute ? "/" : ".", tinyforge_open_path_only | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw Errno(rawValue: errno) }
    return Folder(FileDescriptor(rawValue: opened))
  }

  /// The folder at `path`; the empty path is the working folder.
  package static func folder(at path: String, links: Links = .trusted) throws(Fault) -> Folder {
    guard !path.utf8.contains(0) else { throw .system(.invalidArgument) }
    return try folder(at: FilePath(path), links: links)
  }

  /// The same, whatever bytes the path has.
  package static func folder(at path: FilePath, links: Links = .trusted) throws(Fault) -> Folder {
    do {
      var walk = try PathWalk(path, links)
      return try walk.run()
    } catch let fault as Fault {
      throw fault
    } catch {
      throw .system(error as? Errno ?? .ioError)
    }
  }

  /// The folder that holds the entry at `path`, and the entry's name in it.
  package static func parent(of path: String, links: Links = .trusted) throws(Fault) -> (
    folder: Folder, name: String
  ) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else { throw .system(.isDirectory) }
    let folder = slash.map { String(path[...$0]) } ?? ""
    return (try Self.folder(at: folder, links: links), name)
  }

  /// The same, whatever bytes the path of the folder has; the entry's name is text.
  package static func parent(of path: FilePath, links: Links = .trusted) throws(Fault) -> (
    folder: Folder, name: String
  ) {
    guard let name = path.lastComponent, name.kind == .regular,
      name.withPlatformString({ String(validatingCString: $0) }) != nil
    else { throw .system(.invalidArgument) }
    return (try Self.folder(at: path.removingLastComponent(), links: links), name.string)
  }

  private mutating func run() throws -> Folder {
    while let component = rest.popLast() {
      if component.kind == .currentDirectory { continue }
      let place = shown.appending(component)
      do {
        current = try current.folder(component)
        shown = place
        if freedom > 0, freedom < .max { freedom -= 1 }
      } catch Errno.notDirectory {
        try follow(component, place)
      } catch Errno.tooManySymbolicLinkLevels {
        try follow(component, place)
      }
    }
    return current
  }

  private mutating func follow(_ name: FilePath.Component, _ place: FilePath) throws {
    let link = try current.status(of: name)
    guard link.type == .symbolicLink else { throw Errno.notDirectory }
    guard freedom > 0, Self.isTrusted(link), Self.isTrusted(try current.status()) else {
      throw Fault.link(place.string)
    }
    guard linksLeft > 0 else { throw Errno.tooManySymbolicLinkLevels }
    linksLeft -= 1
    let target = try target(of: name, length: Int(link.size))
    if target.isAbsolute {
      current = try Self.start(true)
      shown = "/"
    }
    rest += target.components.reversed()
    // The components of the link's target may be links as the link itself may.
    if freedom < .max { freedom += target.components.count - 1 }
  }

  private func target(of name: FilePath.Component, length: Int) throws(Errno) -> FilePath {
    // The last byte stays 0.
    var buffer = [CChar](repeating: 0, count: max(length, Int(PATH_MAX)) + 1)
    let count = name.withPlatformString {
      readlinkat(current.descriptor.rawValue, $0, &buffer, buffer.count - 1)
    }
    guard count >= 0 else { throw Errno(rawValue: errno) }
    return buffer.withUnsafeBufferPointer {
      $0.baseAddress.map { FilePath(platformString: $0) } ?? ""
    }
  }

  /// Whether only this user or the system can have made it. (In a container whose root is not mapped, the system's
  /// files have the owner that `/` has.)
  private static func isTrusted(_ status: Stat) -> Bool {
    let owner = status.userID.rawValue
    if owner == geteuid() || owner == 0 { return true }
    var facts = stat()
    return stat("/", &facts) == 0 && owner == facts.st_uid
  }
}
