import TinyforgeCore
internal import CCurl
internal import LazyCurl

/// The library underneath: its version and its start.
package enum LibCurl {
  /// The version whose headers the tool was built with; asking loads nothing.
  package static var builtVersion: String { LIBCURL_VERSION }

  /// Loads and starts libcurl on the first call, and does nothing on any other.
  static func start() throws(HTTPFault) {
    if let fault = startFault { throw fault }
  }

  private static let startFault: HTTPFault? = {
    guard tinyforge_curl_is_loaded() == 1 else {
      return HTTPFault(
        .unusable, "libcurl is not installed here; it is needed to ask a forge over HTTP",
        remedy: "apt-get install libcurl4")
    }
    // Never shut down: the library lives as long as the process.
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
      return HTTPFault(.unusable, "libcurl could not be started")
    }
    return nil
  }()
}
