package import ProviderHTTP
package import TinyforgeCore

/// Sends a notification.
package struct NotificationPost {
  private let address: NotificationAddress
  private let settings: HTTPSettings

  /// Long enough for a service that asks to wait, short enough for a job.
  private static let timeLimit = Duration.seconds(30)

  /// Creates one from its parts.
  package init(_ address: NotificationAddress, _ settings: HTTPSettings) {
    self.address = address
    var settings = settings
    settings.requestTimeout = Self.timeLimit
    self.settings = settings
  }

  /// Sends the message; returns where it went, as far as that is shown.
  package func send(_ message: DriftNotification.Message) async throws(Failure) -> String {
    do throws(HTTPFault) {
      let client = try HTTPClient(settings)
      let response = try await client.send(request(message))
      guard response.isSuccess else { throw refusal(response.status) }
      return address.shown
    } catch {
      // Whatever the way to the service says may hold a part of the address.
      throw address.scrubber(settings).scrub(failure(error))
    }
  }

  /// The request as a dry run shows it: without the path, the query and the authorization.
  package static func shown(
    _ message: DriftNotification.Message, at address: NotificationAddress?
  ) -> String {
    let headers = message.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }
    let place = address?.shown ?? "https://…"
    return
      "POST \(place)/…\nContent-Type: \(message.contentType)\n\(headers.joined())\n\(message.body)\n"
  }

  private func request(_ message: DriftNotification.Message) -> HTTPRequest {
    let headers = message.headers.sorted { $0.key < $1.key }.map { HTTPHeader($0.key, $0.value) }
    return HTTPRequest(
      .post, address.url, headers: [HTTPHeader("Content-Type", message.contentType)] + headers,
      body: Array(message.body.utf8), authorization: address.authorization, bodyLimit: 65_536)
  }

  /// The words of an answer are not shown: services repeat the address in them.
  private func refusal(_ status: Int) -> HTTPFault {
    switch status {
    case 300..<400:
      HTTPFault(
        .malformed, "\(address.shown) answered with a redirect (\(status)), which is not followed",
        remedy:
          "write the address that it leads to into \(prose: NotificationAddress.variable) or the file"
      )
    case 401, 403, 404, 410:
      HTTPFault(
        .malformed, "\(address.shown) refused it (\(status))",
        remedy:
          "make a new webhook there, and write its address into \(prose: NotificationAddress.variable) or the file"
      )
    case 429:
      HTTPFault(
        .malformed, "\(address.shown): rate limit exceeded (429)", remedy: "run drift again later")
    case 500...:
      HTTPFault(
        .malformed, "\(address.shown) failed (\(status))", remedy: "run drift again later")
    default:
      HTTPFault(
        .malformed, "\(address.shown) refused it (\(status))",
        remedy: "check that --notify-format is the one of that service")
    }
  }

  /// The failure; what is said about a forge's settings is said about the address.
  private func failure(_ fault: HTTPFault) -> Failure {
    let remedy: Remedy? =
      switch fault.kind {
      case .unresolved, .unreachable,
        .malformed where fault.remedy?.text.startsWithBytes(of: "check base_url") == true:
        "check the address in \(prose: NotificationAddress.variable) or the file, and that the service is up"
      case .refusedAddress where fault.remedy?.text.startsWithBytes(of: "check base_url") == true:
        "check the address in \(prose: NotificationAddress.variable) or the file"
      default: fault.remedy
      }
    return Failure(.network, "the notification was not sent: \(fault.message)", remedy: remedy)
  }
}
