internal import TinyforgeCore

/// An answer as the cache keeps it: a line that names the form, a line of JSON, the body.
struct CachedResponse: Sendable, Equatable {
  var etag: String
  var headers: [HTTPHeader]
  var body: [UInt8]

  private static let form = Array("tinyforge-http 1\n".utf8)

  /// What of a head is asked for later.
  private static let kept = [
    "content-type", "x-gitlab-commit-id", "x-gitlab-content-sha256",
  ]

  /// The answer, where it is one to keep: successful, with an ETag that a header can carry, and
  /// without any token.
  ///
  /// A forge that repeats the token must not bring it to the disk.
  init?(_ response: HTTPResponse, _ scrubber: TokenScrubber) {
    guard response.status == 200, let etag = response[header: "ETag"].flatMap(scrubber.cleanText),
      Self.isETag(etag), let body = scrubber.clean(response.body)
    else { return nil }
    self.etag = etag
    self.body = body
    headers = []
    for name in Self.kept {
      guard let value = response[header: name] else { continue }
      guard let text = scrubber.cleanText(value) else { return nil }
      headers.append(HTTPHeader(name, text))
    }
  }

  /// Reads a file of the cache; nil where it is damaged, or of another form.
  init?(file: [UInt8]) {
    guard file.starts(with: Self.form) else { return nil }
    let rest = file[Self.form.count...]
    guard let end = rest.firstIndex(of: 10), let head = try? JSONText(Array(rest[..<end])),
      let etag = head["etag"]?.text, Self.isETag(etag), let digest = head["sha256"]?.text,
      case .array(let lines)? = head["headers"]
    else { return nil }
    body = Array(rest[(end + 1)...])
    guard digest == Self.digest(body) else { return nil }
    self.etag = etag
    headers = lines.compactMap { line in
      guard let name = line["name"]?.text, let value = line["value"]?.text else { return nil }
      return HTTPHeader(name, value)
    }
  }

  /// The file's bytes.
  var file: [UInt8] {
    let head: JSONValue = [
      "etag": .string(etag), "sha256": .string(Self.digest(body)),
      "headers": .array(
        headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
    ]
    return Self.form + Array(JSONWriter.compact(head).utf8) + [10] + body
  }

  var response: HTTPResponse {
    HTTPResponse(status: 200, headers: headers + [HTTPHeader("ETag", etag)], body: body)
  }

  /// Visible ASCII in quotes, perhaps after `W/`: what may go out again in a header.
  private static func isETag(_ text: String) -> Bool {
    text.utf8.count <= 256 && text.endsWithBytes(of: "\"")
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static func digest(_ bytes: [UInt8]) -> String { HexDigest.sha256(bytes) }
}
