import Dispatch
import Glibc
import Synchronization

/// The pool of threads that Dispatch and Swift's own concurrency share work out with.
package enum ThreadPool {
  /// Whether it can be used: it looks at its threads in `/proc`, and where that is not mounted ends the process at
  /// a random moment.
  package static let isUsable = access("/proc/self/stat", F_OK) == 0
}

extension Array where Element: Sendable {
  /// What `transform` makes of each portion of the elements, in their order, by all processors.
  ///
  /// A portion is what is worth the waking of a second processor: fewer elements are one.
  package func mapPortions<Result: Sendable>(
    of size: Int, _ transform: @Sendable (ArraySlice<Element>) -> Result
  ) -> [Result] {
    let portions = stride(from: 0, to: count, by: size).map {
      self[$0..<Swift.min($0 + size, count)]
    }
    guard portions.count > 1, ThreadPool.isUsable else { return portions.map(transform) }
    let results = Mutex([Result?](repeating: nil, count: portions.count))
    DispatchQueue.concurrentPerform(iterations: portions.count) { number in
      let result = transform(portions[number])
      results.withLock { $0[number] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
