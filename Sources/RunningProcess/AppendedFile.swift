import Files
import Glibc
import SystemPackage
package import TinyforgeCore

/// A file that a pipeline names for tools to add to.
package enum AppendedFile {
  /// Adds text at the file's end; throws where it cannot be opened or is not taken whole.
  ///
  /// A step may run as root on a file in a folder of the runner's account: no link of that account is followed.
  package static func append(_ text: String, to path: String) throws(Failure) {
    do throws(AtomicFile.Fault) {
      try AtomicFile(path).append(Array(text.utf8))
    } catch {
      var failure = WholeFile.notWritten("the summary \(path.shownSafely)", error)
      failure.remedy = "check GITHUB_STEP_SUMMARY"
      throw failure
    }
  }
}
