internal import CGit2
internal import CLooseObjects
internal import TinyforgeCore

/// What libgit2 said of its last failed call, copied at once.
///
/// `git_error_last` belongs to the thread and to the last call that failed there, so it is read
/// before anything else is asked of the library.
struct GitError {
  var status: Int32
  var area: Int32
  /// One line, safe to show.
  var text: String

  static func last(_ status: Int32) -> GitError {
    guard let error = git_error_last(), let message = error.pointee.message else {
      return GitError(status: status, area: 0, text: "libgit2 gave no reason (\(status))")
    }
    let text = String(cString: message).shownSafely
    return GitError(status: status, area: error.pointee.klass, text: text)
  }

  var isMissing: Bool { status == GIT_ENOTFOUND.rawValue }

  /// A named object is not in the database: a shallow or partial clone, or damage.
  var isMissingObject: Bool { isMissing && area == GIT_ERROR_ODB.rawValue.signed }

  var isPermission: Bool { text.utf8.contains("Permission denied".utf8) }

  /// An object is larger than any that is read.
  var isTooLarge: Bool { text.endsWithBytes(of: TINYFORGE_GIT_TOO_LARGE) }

  /// The machine refused, which says nothing about the repository.
  var isMachine: Bool {
    let words = ["Too many open files", "Cannot allocate memory", "Input/output error"]
    return area == GIT_ERROR_NOMEMORY.rawValue.signed
      || words.contains { text.utf8.contains($0.utf8) }
  }
}

extension UInt32 {
  /// C enumerations come unsigned, `git_error.klass` signed.
  fileprivate var signed: Int32 { Int32(bitPattern: self) }
}

extension GitError {
  /// The failure of `operation` ("open", "read the index of") on the repository at `folder`.
  func failure(_ operation: String, _ folder: String) -> Failure {
    let place = shellWord(folder)
    let folder = folder.shownSafely
    let told = "cannot \(operation) \(folder): \(text)"
    if isPermission {
      return Failure(.denied, told, remedy: "ls -ld \(place)")
    }
    if isMachine { return Failure(.io, told) }
    if isTooLarge {
      return Failure(
        .repository, told,
        remedy: "push a branch without that object, or git -C \(place) show REV:PATH | lint-spec -")
    }
    return Failure(.repository, told, remedy: "git -C \(place) fsck")
  }
}

/// Throws the failure of `operation` where `status` is one.
func check(
  _ status: Int32, _ operation: @autoclosure () -> String, _ folder: @autoclosure () -> String
) throws(Failure) {
  guard status < 0 else { return }
  let error = GitError.last(status)
  throw error.failure(operation(), folder())
}
