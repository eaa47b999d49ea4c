internal import Glibc

/// When a request is sent again.
enum RetryRule {
  private static let attemptLimit = 3

  /// How long to wait before the next attempt; nil where there shall be none.
  static func pause(
    after result: Result<HTTPResponse, HTTPFault>, _ method: HTTPMethod, attempt: Int
  ) -> Duration? {
    guard attempt + 1 < attemptLimit else { return nil }
    switch result {
    case .failure(let fault):
      return fault.isPassing && method.isIdempotent ? backoff(attempt) : nil
    case .success(let response):
      switch response.status {
      case 429, 503:
        if let seconds = response.retryAfter(now: Int64(time(nil))) {
          return max(.seconds(seconds), backoff(attempt))
        }
        return response.status == 503 && method.isIdempotent ? backoff(attempt) : nil
      case 502, 504: return method.isIdempotent ? backoff(attempt) : nil
      default: return nil
      }
    }
  }

  /// Doubles each time; the jitter keeps many runs from coming back in step.
  private static func backoff(_ attempt: Int) -> Duration {
    .milliseconds(Int(Double(200 << attempt) * Double.random(in: 0.5...1.5)))
  }
}
