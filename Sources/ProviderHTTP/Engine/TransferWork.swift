internal import CCurl
internal import Glibc

/// The transfers of an engine, on its thread alone.
///
/// Over https the first transfer to an origin goes ahead of the others, until its connection stands: by
/// HTTP/2 all share it then. libcurl could wait itself (`CURLOPT_PIPEWAIT`), but it keeps one list of
/// what waits for all origins, and a forge that does not answer at the list's head holds up every other.
struct TransferWork {
  private let multi: UnsafeMutableRawPointer
  private let limit = Self.descriptorLimit()
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  private var idle: [UnsafeMutableRawPointer] = []
  /// Origins that were connected to, or could not be.
  private var known: Set<HTTPOrigin> = []
  /// What goes ahead, and what waits for it.
  private var first: [HTTPOrigin: Transfer] = [:]
  private var waiting: [HTTPOrigin: [Transfer]] = [:]

  init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  /// How many more transfers may be added.
  var room: Int { max(0, limit - active.count - waiting.values.reduce(0) { $0 + $1.count }) }

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

  /// Begins a transfer, or keeps it until the first one to its origin is connected.
  mutating func add(_ transfer: Transfer) {
    let origin = transfer.order.request.url.origin
    if first[origin] != nil {
      waiting[origin, default: []].append(transfer)
      return
    }
    if origin.isEncrypted, known.insert(origin).inserted { first[origin] = transfer }
    begin(transfer)
  }

  private mutating func begin(_ transfer: Transfer) {
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
  }

  /// Lets libcurl do what can be done now; how many transfers were done.
  mutating func perform() -> Int {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    let count = collect()
    let released = first.filter { _, transfer in transfer.isConnected || transfer.isFinished }
    for origin in released.keys {
      first[origin] = nil
      for transfer in waiting.removeValue(forKey: origin) ?? [] { begin(transfer) }
    }
    // What was just begun wants to be performed before anything is waited for.
    return count + released.count
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
      active.removeValue(forKey: handle)?.finish(code, proxyStatus: proxyStatus)
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
    for transfer in waiting.values.joined() { transfer.finish(CURLE_ABORTED_BY_CALLBACK) }
    for handle in idle { curl_easy_cleanup(handle) }
    active = [:]
    waiting = [:]
    idle = []
  }
}
