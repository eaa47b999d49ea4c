internal import CCurl
internal import Glibc
internal import TinyforgeCore

/// An attempt under way, on the engine's thread alone.
final class Transfer {
  let order: TransferOrder
  private let reply: TransferReply

  private(set) var refusal: AddressRefusal?
  /// Its connection is established, so that libcurl knows whether others can share it.
  private(set) var isConnected = false
  private var status = 0
  private var headers: [HTTPHeader] = []
  private var headBytes = 0
  /// The last head has ended; lines that follow are trailers, which tell nothing that counts.
  private var isHeadOver = false
  private var body: [UInt8] = []
  private var isCutOff = false
  private var declaredLength: Int?

  /// What libcurl reads until the transfer is done.
  private var lines: UnsafeMutablePointer<curl_slist>?
  private var resolutions: UnsafeMutablePointer<curl_slist>?
  private let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  /// A longer head is refused.
  private static let headLimit = 65_536

  init(_ order: TransferOrder, _ reply: TransferReply) {
    self.order = order
    self.reply = reply
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_slist_free_all(lines)
    curl_slist_free_all(resolutions)
    detail.deallocate()
  }

  /// Its outcome was handed over.
  private(set) var isFinished = false

  /// Hands the outcome to who waits for it; to be called once.
  func finish(_ code: CURLcode, proxyStatus: Int = 0) {
    isFinished = true
    let response = HTTPResponse(status: status, headers: headers, body: body)
    let words = UnsafeBufferPointer(start: detail, count: Int(CURL_ERROR_SIZE))
      .prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    reply.resume(
      returning: TransferOutcome(
        code: code.rawValue, response: response, refusal: refusal, isCutOff: isCutOff,
        declaredLength: declaredLength, proxyStatus: proxyStatus,
        detail: ServerText(Array(words))))
  }
}

extension Transfer {
  /// Sets every option of a fresh handle; false where libcurl refuses one.
  func prepare(_ handle: UnsafeMutableRawPointer) -> Bool {
    let request = order.request
    fillLists()
    let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    let codes = [
      tinyforge_curl_harden(handle),
      tinyforge_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, detail),
      text(handle, CURLOPT_URL, request.url.text),
      text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue),
      tinyforge_curl_set_pointer(handle, CURLOPT_HTTPHEADER, lines),
      tinyforge_curl_set_pointer(handle, CURLOPT_RESOLVE, resolutions),
      // The environment was read by who gave the order, so libcurl must not read it again.
      text(handle, CURLOPT_PROXY, order.proxy ?? ""),
      text(handle, CURLOPT_NOPROXY, ""),
      tinyforge_curl_set_sink(handle, CURLOPT_HEADERFUNCTION, Self.takeHead),
      tinyforge_curl_set_pointer(handle, CURLOPT_HEADERDATA, context),
      tinyforge_curl_set_sink(handle, CURLOPT_WRITEFUNCTION, Self.takeBody),
      tinyforge_curl_set_pointer(handle, CURLOPT_WRITEDATA, context),
      tinyforge_curl_set_opensocket(handle, Self.openSocket),
      tinyforge_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context),
      tinyforge_curl_set_prerequest(handle, Self.noteConnection),
      tinyforge_curl_set_pointer(handle, CURLOPT_PREREQDATA, context),
      tinyforge_curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds),
      tinyforge_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds),
    ]
    return (codes + requestCodes(handle)).allSatisfy { $0 == CURLE_OK }
  }

  /// Sets what only some requests need; the code of each option.
  private func requestCodes(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
    let request = order.request
    var codes: [CURLcode] = []
    if request.method == .head { codes.append(tinyforge_curl_set_long(handle, CURLOPT_NOBODY, 1)) }
    // libcurl would send a request again whose reused connection ended before the answer began.
    if !request.method.isIdempotent {
      codes.append(tinyforge_curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1))
    }
    if let file = order.certificates { codes.append(text(handle, CURLOPT_CAINFO, file)) }
    if let body = request.body {
      codes.append(
        tinyforge_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
      codes.append(
        body.withUnsafeBytes {
          tinyforge_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
        })
    }
    return codes
  }

  /// What is left of its time.
  private var milliseconds: Int {
    let parts = (order.end - ContinuousClock.now).components
    return max(1, Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000))
  }

  private func fillLists() {
    // A line without a value takes a header out that libcurl would add.
    var plain = order.request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"]
    if order.request.body == nil { plain.append("Content-Type:") }
    // Nothing is unpacked, so that a small answer cannot become a large one.
    plain.append("Accept-Encoding: identity")
    plain.append("User-Agent: tinyforge-gitops/\(ToolkitVersion.current)")
    for line in plain { lines = curl_slist_append(lines, line) }
    if let authorization = order.request.authorization {
      lines = authorization.secretLine.withUnsafeBufferPointer {
        curl_slist_append(lines, $0.baseAddress)
      }
    }
    for entry in order.resolutions { resolutions = curl_slist_append(resolutions, entry) }
  }

  /// libcurl copies the string.
  private func text(_ handle: UnsafeMutableRawPointer, _ option: CURLoption, _ value: String)
    -> CURLcode
  {
    value.withCString { tinyforge_curl_set_pointer(handle, option, $0) }
  }
}

extension Transfer {
  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Called by libcurl for each line of a head; another count than it was given ends the transfer.
  private static let takeHead: tinyforge_curl_sink = { bytes, size, count, context in
    guard let bytes, let transfer = Transfer.from(context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.take(headLine: line) ? size * count : 0
  }

  /// Called by libcurl for each piece of a body.
  private static let takeBody: tinyforge_curl_sink = { bytes, size, count, context in
    guard let bytes, let transfer = Transfer.from(context) else { return 0 }
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.take(bodyPiece: piece) ? size * count : 0
  }

  /// Called by libcurl instead of `socket`, once for each address that it would connect to.
  private static let openSocket: curl_opensocket_callback = { context, _, address in
    guard let transfer = Transfer.from(context), let address else { return -1 }
    guard transfer.mayConnect(tinyforge_curl_address(address)) else { return -1 }
    return socket(
      address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
      address.pointee.protocol)
  }

  /// Called by libcurl before it sends the request.
  private static let noteConnection: curl_prereq_callback = { context, _, _, _, _ in
    Transfer.from(context)?.isConnected = true
    return CURL_PREREQFUNC_OK
  }

  private func mayConnect(_ address: UnsafePointer<sockaddr>) -> Bool {
    guard let address = IPAddress(address) else { return false }
    let verdict = order.policy.judge(address)
    switch verdict {
    case .open(isNamed: true): return true
    case .open(isNamed: false)
    where order.request.url.origin.isEncrypted
      && order.request.authorization?.isForNamedNetworks != true:
      return true
    case .open, .closed, .metadata:
      refusal = AddressRefusal(address: address, verdict: verdict)
      return false
    }
  }

  private func take(headLine: UnsafeRawBufferPointer) -> Bool {
    headBytes += headLine.count
    guard headBytes <= Self.headLimit else { return false }
    if isHeadOver { return true }
    let line = String(decoding: headLine, as: UTF8.self)
    if line == "\r\n" || line == "\n" {
      isHeadOver = status >= 200
      return true
    }
    // Each head begins anew: an interim answer is none.
    if line.startsWithBytes(of: "HTTP/") {
      headers = []
      declaredLength = nil
      status =
        line.splitAtScalar(" ", omittingEmpty: true).dropFirst().first.flatMap { Int($0) } ?? 0
      return true
    }
    let parts = line.splitAtScalar(":", maxSplits: 1)
    guard parts.count == 2 else { return true }
    var value = parts[1].drop { $0 == " " || $0 == "\t" }
    while let last = value.last, last.isNewline || last == " " || last == "\t" {
      value.removeLast()
    }
    let header = HTTPHeader(String(parts[0]), String(value))
    headers.append(header)
    switch header.name.lowercased() {
    case "content-length": declaredLength = Int(header.value)
    // libcurl would unpack any other.
    case "transfer-encoding": return ["chunked", "identity"].contains(header.value.lowercased())
    default: break
    }
    return true
  }

  /// An answer that reports a failure keeps its status, however long its body is.
  private func take(bodyPiece: UnsafeRawBufferPointer) -> Bool {
    let room = order.request.bodyLimit - body.count
    if bodyPiece.count > room || (declaredLength ?? 0) > order.request.bodyLimit {
      body += bodyPiece.prefix(max(0, room))
      isCutOff = true
      return false
    }
    body += bodyPiece
    return true
  }
}
