import FoundationEssentials
import Synchronization
import SystemPackage
package import Testing

/// Adds how long each case of a suite ran to the file that `TINYFORGE_TEST_TIMES` names: seconds, a tab, the test.
///
/// The times that `swift test` prints count what a test waited for its turn as well.
package struct OwnTime: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  private static let file = Mutex(
    ProcessInfo.processInfo.environment["TINYFORGE_TEST_TIMES"].flatMap {
      try? FileDescriptor.open(
        FilePath($0), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
    })

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let start = ContinuousClock.now
    defer { Self.add(ContinuousClock.now - start, test) }
    try await function()
  }

  private static func add(_ time: Duration, _ test: Test) {
    let suite = test.sourceLocation.fileID
    let line = "\(time / .seconds(1))\t\(suite):\(test.sourceLocation.line) \(test.name)\n"
    _ = file.withLock { try? $0?.writeAll(line.utf8) }
  }
}

extension Trait where Self == OwnTime {
  /// Notes how long each case runs by itself.
  package static var ownTime: Self { Self() }
}

extension Trait where Self == TimeLimitTrait {
  /// When a test that starts processes counts as one that hangs; no bound on its speed.
  package static var hangLimit: Self { .timeLimit(.minutes(20)) }
}
