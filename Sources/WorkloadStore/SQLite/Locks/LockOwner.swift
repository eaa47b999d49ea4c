import TinyforgeCore
internal import Files
internal import Glibc
internal import SystemPackage

/// Who the locks of a database belong to: its owner, also where root or a member of its group makes them, so that
/// all of these can take them later.
struct LockOwner: Sendable {
  private let user: uid_t
  private let group: gid_t
  /// Whether members of the database's group may write it.
  private let isShared: Bool

  /// `status` is the database's; without one the locks are this user's.
  init(_ status: Stat?) {
    user = status?.userID.rawValue ?? geteuid()
    group = status?.groupID.rawValue ?? getegid()
    isShared = (status?.permissions.rawValue ?? 0) & 0o060 == 0o060
  }

  private var isSelf: Bool { user == geteuid() }

  /// Whether what this user makes must be handed on before the owner can use it.
  var needsAdoption: Bool { isShared || !isSelf || (geteuid() == 0 && group != getegid()) }

  /// A file of another member's is open to all who may enter the folder: the owner and the group.
  var fileMode: mode_t { isShared ? (isSelf || geteuid() == 0 ? 0o660 : 0o666) : 0o600 }

  var folderMode: mode_t { isShared ? 0o770 : 0o700 }

  /// Who may read the key of saved plans: those who may write the database.
  var keyMode: mode_t { isShared ? 0o640 : 0o600 }

  /// Hands what was just made to the database's owner, and to its group where that may write it.
  func adopt(_ descriptor: FileDescriptor, mode: mode_t) throws(Errno) {
    if geteuid() == 0 {
      guard fchown(descriptor.rawValue, user, group) == 0 else { throw Errno(rawValue: errno) }
    } else if isShared, fchown(descriptor.rawValue, uid_t.max, group) != 0, !isSelf {
      throw Errno(rawValue: errno)
    }
    guard fchmod(descriptor.rawValue, mode) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Whether the owner could enter a folder that this user makes.
  var canEnterWhatThisUserMakes: Bool {
    isSelf || geteuid() == 0 || (isShared && Account(user).isMember(of: group) == true)
  }

  /// Whether a folder of the locks belongs to those who own the database.
  func trusts(_ folder: Stat) -> Bool {
    let owner = folder.userID.rawValue
    if owner == user || (owner == geteuid() && owner != 0) { return true }
    return isShared && owner != 0 && folder.groupID.rawValue == group
      && folder.permissions.rawValue & 0o020 != 0
  }

  /// A command's beginning that runs it as the owner.
  var runAs: Remedy { Account(user).prefix }
}
