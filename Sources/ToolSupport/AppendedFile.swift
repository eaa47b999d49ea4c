import Glibc
package import TinyforgeCore

/// A file that a pipeline names for tools to add to.
package enum AppendedFile {
  /// Adds text at the file's end; throws where it cannot be opened or is not taken whole.
  package static func append(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw failure(path) }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(
      .io, "the summary \(path.shownSafely) cannot be written: \(SystemFault.words(errno))",
      remedy: "check GITHUB_STEP_SUMMARY")
  }
}
