internal import CCurl
internal import Glibc

/// The transfers of an engine, on its thread alone.
///
/// Each origin has a line of its own, and takes no more than its share of what may be under way at once: a
/// forge that does not answer holds up no other.
///
/// Over https the first transfer to an origin goes ahead of the others, until its connection is established: by
/// HTTP/2 all share it then. libcurl could wait itself (`CURLOPT_PIPEWAIT`), but it keeps one list of
/// what waits for all origins.
struct TransferWork {
  private struct Line {
    var waiting: [Transfer] = []
    var active = 0
    /// What goes ahead; nil once its connection is established, or could not be made.
    var first: Transfer?
    var isKnown = false
  }

  private let multi: UnsafeMutableRawPointer
  private let limit = Self.descriptorLimit()
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  private var idle: [UnsafeMutableRawPointer] = []
  private var lines: [HTTPOrigin: Line] = [:]

  init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  /// How many transfers to one origin may be under way.
  private var share: Int { max(1, limit / max(4, lines.count)) }

  /// Each transfer takes a descriptor, and a thread while its name is looked up.
  private static let mostTransfers: rlim_t = 1024
  /// What the rest of the tool may take.
  private static let spare: rlim_t = 256

  /// As many transfers as the process has descriptors for.
  private static func descriptorLimit() -> Int {
    let wanted = mostTransfers + spare
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
    // Many systems set the lower of the two for programs that use select, which none of this does.
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, wanted))
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
    return Int(max(min(limit.rlim_cur, wanted), spare + 16) - spare)
  }

  /// Puts a transfer into its origin's line; it is begun when there is room.
  mutating func add(_ transfer: Transfer) {
    lines[transfer.order.request.url.origin, default: Line()].waiting.append(transfer)
  }

  /// Begins what may be begun, one of each line at a time.
  private mutating func fill() -> Int {
    var count = 0
    var hasBegun = true
    while hasBegun {
      hasBegun = false
      for origin in Array(lines.keys) where active.count < limit {
        guard let transfer = next(in: origin) else { continue }
        begin(transfer, origin)
        hasBegun = true
        count += 1
      }
    }
    return count
  }

  private mutating func next(in origin: HTTPOrigin) -> Transfer? {
    guard var line = lines[origin], !line.waiting.isEmpty, line.first == nil, line.active < share
    else { return nil }
    let transfer = line.waiting.removeFirst()
    if origin.isEncrypted, !line.isKnown {
      line.isKnown = true
      line.first = transfer
    }
    lines[origin] = line
    return transfer
  }

  private mutating func begin(_ transfer: Transfer, _ origin: HTTPOrigin) {
    guard ContinuousClock.now < transfer.order.end else {
      return transfer.finish(CURLE_OPERATION_TIMEDOUT)
    }
    guard let handle = idle.popLast() ?? curl_easy_init() else {
      return transfer.finish(CURLE_OUT_OF_MEMORY)
    }
    guard transfer.prepare(handle), curl_multi_add_handle(multi, handle) == CURLM_OK else {
      curl_easy_cleanup(handle)
      return transfer.finish(CURLE_BAD_FUNCTION_ARGUMENT)
    }
    active[handle] = transfer
    lines[origin]?.active += 1
  }

  /// Lets libcurl do what can be done now; whether there is more to do at once.
  mutating func perform() -> Bool {
    let begun = fill()
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    let done = collect()
    var isReleased = false
    for (origin, line) in lines {
      guard let first = line.first, first.isConnected || first.isFinished else { continue }
      lines[origin]?.first = nil
      isReleased = true
    }
    return begun > 0 || done > 0 || isReleased
  }

  private mutating func collect() -> Int {
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
      if let transfer = active.removeValue(forKey: handle) {
        lines[transfer.order.request.url.origin]?.active -= 1
        transfer.finish(code, proxyStatus: proxyStatus)
      }
      curl_easy_reset(handle)
      idle.append(handle)
      count += 1
    }
    return count
  }

  /// Ends everything that is under way.
  mutating func abort() {
    for (handle, transfer) in active {
      curl_multi_remove_handle(multi, handle)
      transfer.finish(CURLE_ABORTED_BY_CALLBACK)
      idle.append(handle)
    }
    for transfer in lines.values.flatMap(\.waiting) { transfer.finish(CURLE_ABORTED_BY_CALLBACK) }
    for handle in idle { curl_easy_cleanup(handle) }
    active = [:]
    lines = [:]
    idle = []
  }
}
