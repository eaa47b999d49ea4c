internal import Glibc
internal import TinyforgeCore

/// Asks servers over HTTP, safely: judges each address before connecting to it, follows no
/// redirect, takes no more of a body than asked, and sends a token to its own origin alone.
///
/// Any number of requests may be under way at once; connections are reused.
package final class HTTPClient: Sendable {
  private let engine: TransferEngine
  private let settings: HTTPSettings

  /// A scrubber that knows tokens, and the credentials of the proxies.
  func scrubber(_ tokens: [Token]) -> TokenScrubber { settings.scrubber(tokens) }

  /// Starts libcurl; throws where it is not there.
  package init(_ settings: HTTPSettings) throws(HTTPFault) {
    self.settings = settings
    engine = try TransferEngine()
  }

  /// Sends a request, and sends it again where that is safe.
  ///
  /// Again goes an idempotent one whose connection failed or that was answered with 502, 503 or
  /// 504, and any that was answered with 429 or 503 and a time to wait. All of it takes place within
  /// the request's time, and before `deadline`.
  ///
  /// An answer of any status is a value. Throws where there is none.
  package func send(_ request: HTTPRequest, before deadline: ContinuousClock.Instant? = nil)
    async throws(HTTPFault) -> HTTPResponse
  {
    try check(request)
    let own = ContinuousClock.now + settings.requestTimeout
    let end = min(own, deadline ?? own)
    var attempt = 0
    while true {
      guard ContinuousClock.now < end else { throw overdue(request, isRunOver: end < own) }
      let result = await self.attempt(request, before: end)
      let pause = RetryRule.pause(after: result, request.method, attempt: attempt)
      guard let pause, ContinuousClock.now + pause < end else {
        return try settle(result, request, isRunOver: end < own)
      }
      try? await Task.sleep(for: pause)
      attempt += 1
    }
  }

  private func settle(
    _ result: Result<HTTPResponse, HTTPFault>, _ request: HTTPRequest, isRunOver: Bool
  ) throws(HTTPFault) -> HTTPResponse {
    do {
      return try result.get()
    } catch {
      guard error.kind == .timeout, isRunOver else { throw error }
      throw overdue(request, isRunOver: true)
    }
  }

  private func overdue(_ request: HTTPRequest, isRunOver: Bool) -> HTTPFault {
    let host = request.url.origin.text.shownSafely
    guard isRunOver else {
      return HTTPFault(
        .timeout, "\(host) gave no complete answer within \(settings.requestTimeout.shown)")
    }
    return HTTPFault(.runOver, "the run's time was over before \(host) answered")
  }

  /// What must hold before anything is resolved or sent.
  private func check(_ request: HTTPRequest) throws(HTTPFault) {
    let origin = request.url.origin
    if let authorization = request.authorization, authorization.origin != origin {
      throw HTTPFault(
        .unusable,
        "a token of \(authorization.origin.text.shownSafely) is not sent to "
          + origin.text.shownSafely)
    }
    // Known before a proxy could resolve it out of sight.
    if let address = IPAddress(origin.host) {
      let verdict = settings.policy.judge(address)
      if case .open(let isNamed) = verdict, isNamed || origin.isEncrypted { return }
      throw FaultText.refused(AddressRefusal(address: address, verdict: verdict), origin)
    }
    if let refusal = SpecialName.judge(origin.host, settings.policy) {
      throw FaultText.refused(refusal, origin)
    }
    guard origin.isEncrypted || !settings.policy.named.isEmpty else {
      throw FaultText.cleartext(origin)
    }
    if !origin.isEncrypted, settings.proxies.proxy(for: origin) != nil {
      try NameCheck.requireNamed(origin, settings.policy)
    }
  }

  private func attempt(_ request: HTTPRequest, before end: ContinuousClock.Instant) async
    -> Result<HTTPResponse, HTTPFault>
  {
    let proxy = settings.proxies.proxy(for: request.url.origin)
    let order = TransferOrder(
      request: request, end: end, proxy: proxy, resolutions: settings.resolutions,
      certificates: settings.certificates, policy: settings.policy)
    let outcome = await engine.run(order)
    let isAnswer =
      outcome.code == 0 || (outcome.isCutOff && outcome.response.status >= 300)
    guard isAnswer else {
      return .failure(FaultText.fault(outcome, request, proxied: proxy != nil, settings))
    }
    return .success(outcome.response)
  }
}

extension Duration {
  /// As a person writes it: `10 s`, `1.5 s`.
  var shown: String {
    let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return rest == 0 ? "\(whole) s" : "\(whole).\(String(rest / 100)) s"
  }
}
