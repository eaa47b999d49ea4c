internal import CCurl
internal import Glibc
internal import Synchronization

/// Runs transfers by libcurl's multi interface on one thread of its own, connections reused.
///
/// A connection is only reused within one engine, so that what one policy let through never serves
/// another one.
final class TransferEngine: Sendable {
  private let core: TransferCore

  init() throws(HTTPFault) {
    try LibCurl.start()
    guard let core = TransferCore() else {
      throw HTTPFault(.unusable, "libcurl could not be started: out of memory")
    }
    self.core = core
  }

  deinit { core.stop() }

  /// The outcome of one attempt; it comes within the order's time, or with the end of the task.
  func run(_ order: TransferOrder) async -> TransferOutcome {
    let reply = TransferReply()
    core.add(order, reply)
    return await withTaskCancellationHandler {
      await reply.outcome()
    } onCancel: {
      reply.resume(returning: .cancelled)
    }
  }
}

/// What the engine's thread works on; it outlives the engine for as long as the thread runs.
private final class TransferCore: Sendable {
  /// What callers hand to the thread.
  private struct Inbox: ~Copyable {
    var arrived: [Arrival] = []
    var isRunning = false
    var isStopped = false
  }

  private struct Arrival: Sendable {
    var order: TransferOrder
    var reply: TransferReply
  }

  /// Only `curl_multi_wakeup` may be called from other threads.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
  private let inbox = Mutex(Inbox())

  init?() {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
  }

  func add(_ order: TransferOrder, _ reply: TransferReply) {
    let isRunning = inbox.withLock { inbox in
      inbox.arrived.append(Arrival(order: order, reply: reply))
      defer { inbox.isRunning = true }
      return inbox.isRunning
    }
    if isRunning {
      curl_multi_wakeup(multi)
    } else {
      startThread()
    }
  }

  func stop() {
    let isRunning = inbox.withLock { inbox in
      inbox.isStopped = true
      return inbox.isRunning
    }
    if isRunning { curl_multi_wakeup(multi) } else { curl_multi_cleanup(multi) }
  }

  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<TransferCore>.fromOpaque(context).takeRetainedValue().loop() }
        return nil
      }, context)
    guard status != 0 else {
      pthread_detach(thread)
      return
    }
    Unmanaged<TransferCore>.fromOpaque(context).release()
    let arrived = inbox.withLock { inbox in
      defer { inbox.arrived = [] }
      inbox.isRunning = false
      return inbox.arrived
    }
    for one in arrived { Transfer(one.order, one.reply).finish(CURLE_OUT_OF_MEMORY) }
  }

  private func loop() {
    var work = TransferWork(multi: multi)
    while let arrived = take() {
      for one in arrived { work.add(Transfer(one.order, one.reply)) }
      // What is done makes room for what waits, and its caller may already have the next order.
      if !work.perform() { curl_multi_poll(multi, nil, 0, 10_000, nil) }
    }
    work.abort()
    curl_multi_cleanup(multi)
  }

  /// What there is to begin; nil where the engine is gone.
  private func take() -> [Arrival]? {
    inbox.withLock { inbox in
      if inbox.isStopped { return nil }
      defer { inbox.arrived = [] }
      return inbox.arrived
    }
  }
}
