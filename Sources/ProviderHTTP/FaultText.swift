internal import CCurl
internal import TinyforgeCore

/// Words for what went wrong on the way to an answer.
enum FaultText {
  /// The fault of an attempt that brought no answer.
  static func fault(
    _ outcome: TransferOutcome, _ request: HTTPRequest, proxied: Bool, _ settings: HTTPSettings
  ) -> HTTPFault {
    let origin = request.url.origin
    let code = CURLcode(rawValue: outcome.code)
    if code == CURLE_COULDNT_CONNECT, let refusal = outcome.refusal {
      return refused(refusal, origin, proxied: proxied)
    }
    if outcome.isCutOff {
      return outcome.response.isWebPage ? webPage(origin) : tooLarge(outcome, request)
    }
    let isOfProxy =
      code == CURLE_PROXY || code == CURLE_COULDNT_RESOLVE_PROXY
      || (proxied && code == CURLE_COULDNT_CONNECT)
    if outcome.proxyStatus >= 300 || isOfProxy { return proxy(outcome, origin) }
    let scrubber = settings.scrubber([request.authorization?.token].compactMap(\.self))
    return plain(code, outcome, origin, settings, scrubber)
  }

  private static func plain(
    _ code: CURLcode, _ outcome: TransferOutcome, _ origin: HTTPOrigin, _ settings: HTTPSettings,
    _ scrubber: TokenScrubber
  ) -> HTTPFault {
    let host = origin.text.shownSafely
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return HTTPFault(
        .unresolved, "the name \(origin.host.shownSafely) has no address",
        remedy: "check base_url, and that this machine is online")
    case CURLE_COULDNT_CONNECT:
      return HTTPFault(
        .unreachable, "no server answers at \(host)",
        remedy: "check base_url, and that the forge is up")
    case CURLE_OPERATION_TIMEDOUT:
      return HTTPFault(
        .timeout, "\(host) gave no complete answer within \(settings.requestTimeout.shown)",
        remedy: "try again later")
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING,
      CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return HTTPFault(
        .brokenOff, "\(host) broke the connection off before the whole answer was here",
        remedy: "try again later")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS:
      return insecure(code, outcome, host, scrubber)
    case CURLE_OUT_OF_MEMORY, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_URL_MALFORMAT, CURLE_FAILED_INIT:
      return HTTPFault(
        .unusable, "the request to \(host) cannot be made (libcurl \(code.rawValue))")
    default:
      return HTTPFault(
        .malformed, "what \(host) answered is not readable HTTP (libcurl \(code.rawValue))",
        remedy: "check base_url, and the proxies between this machine and the forge")
    }
  }

  private static func insecure(
    _ code: CURLcode, _ outcome: TransferOutcome, _ host: String, _ scrubber: TokenScrubber
  ) -> HTTPFault {
    if code == CURLE_SSL_CACERT_BADFILE {
      return HTTPFault(
        .insecure, "the file of trusted certificates cannot be read",
        remedy: "check --ca-file and SSL_CERT_FILE")
    }
    guard code == CURLE_PEER_FAILED_VERIFICATION else {
      return HTTPFault(
        .insecure, "no encrypted connection to \(host) could be set up",
        remedy: "check that the forge speaks https at this port")
    }
    // libcurl cuts its words off; of a token that was cut through, the rest would not be found.
    let isWhole = outcome.detail.satisfies { $0.utf8.count < Int(CURL_ERROR_SIZE) - 1 }
    let reason =
      outcome.detail.isEmpty || !isWhole
      ? "" : ": \(scrubber.shown(outcome.detail, atMost: Int(CURL_ERROR_SIZE)))"
    return HTTPFault(
      .insecure, "the certificate of \(host) is not to be trusted\(reason)",
      remedy: "renew the certificate, or name the authority that signed it with --ca-file")
  }

  private static func proxy(_ outcome: TransferOutcome, _ origin: HTTPOrigin) -> HTTPFault {
    let status = outcome.proxyStatus
    let host = origin.text.shownSafely
    switch status {
    case 0:
      return HTTPFault(
        .proxy, "the proxy on the way to \(host) does not answer, or cannot be used",
        remedy: "check https_proxy, http_proxy, all_proxy and no_proxy")
    case 407:
      return HTTPFault(
        .proxy, "the proxy on the way to \(host) wants a user and a password (407)",
        remedy: "write them into https_proxy")
    default:
      return HTTPFault(
        .proxy, "the proxy refused the way to \(host) (\(status))",
        remedy: "check https_proxy and no_proxy")
    }
  }

  private static func webPage(_ origin: HTTPOrigin) -> HTTPFault {
    HTTPFault(
      .malformed, "\(origin.text.shownSafely) answered with a large web page, perhaps to log in",
      remedy: "check base_url and provider in the workload's config")
  }

  private static func tooLarge(_ outcome: TransferOutcome, _ request: HTTPRequest) -> HTTPFault {
    let size = outcome.declaredLength.map { "\($0) bytes" } ?? "more than it should be"
    return HTTPFault(
      .tooLarge(outcome.declaredLength),
      "the answer of \(request.url.origin.text.shownSafely) is \(size), and was cut off at "
        + "\(request.bodyLimit)")
  }

  /// The address is not one to connect to.
  static func refused(_ refusal: AddressRefusal, _ origin: HTTPOrigin, proxied: Bool = false)
    -> HTTPFault
  {
    let address = refusal.address.description
    let who =
      proxied ? "the proxy on the way to \(origin.host.shownSafely)" : origin.host.shownSafely
    let isMetadataName = refusal.verdict == .metadata && SpecialName.isMetadata(origin.host)
    // An address may begin with a colon, of which runners take two for a command.
    let place =
      isMetadataName
      ? origin.host.shownSafely
      : address == origin.host
        ? "the address \(origin.host.shownSafely)" : "\(who) is at \(address), which"
    let network = "\(refusal.address)/\(8 * refusal.address.bytes.count)"
    let option: Remedy = "--allow-network \(network)"
    switch refusal.verdict {
    case .metadata:
      return HTTPFault(
        .refusedAddress,
        "\(place) is a cloud's metadata service, which is never asked",
        remedy: "check base_url in the workload's config")
    case .closed(let name):
      return HTTPFault(
        .refusedAddress, "\(place) is \(name), which is not asked unless its network is named",
        remedy: "if the forge is meant to be there, use \(option), or TINYFORGE_ALLOW_NETWORK")
    case .open where origin.isEncrypted:
      return HTTPFault(
        .refusedAddress,
        "\(place) is in no network that was named, so the token, which names no forge, is not sent",
        remedy: "write the token as `\(prose: origin.text) TOKEN`")
    case .open:
      return HTTPFault(
        .cleartext, "\(place) would be asked without encryption (\(origin.text.shownSafely))",
        remedy: "use an https:// address, or allow plain http to that network with \(option)")
    }
  }

  /// Nothing goes out without encryption where no network was named.
  static func cleartext(_ origin: HTTPOrigin) -> HTTPFault {
    HTTPFault(
      .cleartext, "\(origin.text.shownSafely) would be asked without encryption",
      remedy: "use an https:// address, or name the forge's network with --allow-network "
        + "or TINYFORGE_ALLOW_NETWORK")
  }
}
