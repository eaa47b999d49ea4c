import Glibc
package import TinyforgeCore

/// A file with a secret that every user can read: said by the tools that use it, and by the doctor.
package struct ReadableSecret: Sendable {
  /// What is wrong, as a sentence without a full stop.
  package let message: String
  /// Keeps the file to its owner.
  package let command: Remedy

  /// The warning with its remedy.
  package var warning: String { "\(message); keep it to its owner: \(command.text)" }

  /// Nil where no file is named, its mode keeps others out, or it is not a regular file.
  ///
  /// No failure: secrets that Kubernetes mounts are readable by all users of their container.
  private init?(_ path: String?, _ what: String) {
    var facts = stat()
    guard let path, path != "-", stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_mode & S_IROTH != 0
    else { return nil }
    message = "\(what) \(path.shownSafely) can be read by every user"
    command = "chmod go= \(argument: path)"
  }

  /// A file of tokens.
  package static func tokens(_ path: String?) -> Self? { Self(path, "the token file") }

  /// A file with the address of a webhook.
  package static func webhookAddress(_ path: String?) -> Self? {
    Self(path, "the file of the webhook's address")
  }
}
