import Glibc
import TinyforgeCore

/// A file that holds a secret, such as tokens or the address of a webhook.
package enum SecretFile {
  /// The warning that every user can read the file, with the command that ends it; nil where its mode does not let them,
  /// or it is not a regular file.
  ///
  /// No failure: secrets that Kubernetes mounts are readable by all users of their container.
  package static func warning(_ path: String, as what: String) -> String? {
    var facts = stat()
    guard path != "-", stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_mode & S_IROTH != 0
    else { return nil }
    let remedy: Remedy = "keep it to its owner: chmod go= \(argument: path)"
    return "\(what) \(path.shownSafely) can be read by every user; \(remedy.text)"
  }
}
