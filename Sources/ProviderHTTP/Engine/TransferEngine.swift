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

  /// The outcome of one attempt; it comes within the order's time.
  func run(_ order: TransferOrder) async -> TransferOutcome {
    await withCheckedContinuation { core.add(order, $0) }
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
    var continuation: CheckedContinuation<TransferOutcome, Never>
  }

  /// Only `curl_multi_wakeup` may be called from other threads.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
  private let inbox = Mutex(Inbox())

  /// As many descriptors as a process can count on, with room for the rest of the tool.
  private static let transferLimit = 256

  init?() {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
  }

  func add(_ order: TransferOrder, _ continuation: CheckedContinuation<TransferOutcome, Never>) {
    let isRunning = inbox.withLock { inbox in
      inbox.arrived.append(Arrival(order: order, continuation: continuation))
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
    for one in arrived { Transfer(one.order, one.continuation).finish(CURLE_OUT_OF_MEMORY) }
  }

  private func loop() {
    var active: [UnsafeMutableRawPointer: Transfer] = [:]
    var idle: [UnsafeMutableRawPointer] = []
    while let arrived = take(room: Self.transferLimit - active.count) {
      for one in arrived { begin(Transfer(one.order, one.continuation), &active, &idle) }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      let done = collect(&active, &idle)
      // What is done makes room for what waits, and its caller may already have the next order.
      if done == 0 { curl_multi_poll(multi, nil, 0, 10_000, nil) }
    }
    for (handle, transfer) in active {
      curl_multi_remove_handle(multi, handle)
      transfer.finish(CURLE_ABORTED_BY_CALLBACK)
      idle.append(handle)
    }
    for handle in idle { curl_easy_cleanup(handle) }
    curl_multi_cleanup(multi)
  }

  /// What there is to begin; nil where the engine is gone.
  private func take(room: Int) -> [Arrival]? {
    inbox.withLock { inbox in
      if inbox.isStopped { return nil }
      let taken = Array(inbox.arrived.prefix(room))
      inbox.arrived.removeFirst(taken.count)
      return taken
    }
  }

  private func begin(
    _ transfer: Transfer, _ active: inout [UnsafeMutableRawPointer: Transfer],
    _ idle: inout [UnsafeMutableRawPointer]
  ) {
    guard let handle = idle.popLast() ?? curl_easy_init() else {
      return transfer.finish(CURLE_OUT_OF_MEMORY)
    }
    guard transfer.prepare(handle), curl_multi_add_handle(multi, handle) == CURLM_OK else {
      curl_easy_cleanup(handle)
      return transfer.finish(CURLE_BAD_FUNCTION_ARGUMENT)
    }
    active[handle] = transfer
  }

  /// How many transfers were done.
  private func collect(
    _ active: inout [UnsafeMutableRawPointer: Transfer], _ idle: inout [UnsafeMutableRawPointer]
  ) -> Int {
    var count = 0
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
        continue
      }
      let code = tinyforge_curl_result(message)
      var proxyStatus = 0
      _ = tinyforge_curl_get_long(handle, CURLINFO_HTTP_CONNECTCODE, &proxyStatus)
      // Only now: removing the handle takes the message away.
      curl_multi_remove_handle(multi, handle)
      active.removeValue(forKey: handle)?.finish(code, proxyStatus: proxyStatus)
      curl_easy_reset(handle)
      idle.append(handle)
      count += 1
    }
    return count
  }
}
