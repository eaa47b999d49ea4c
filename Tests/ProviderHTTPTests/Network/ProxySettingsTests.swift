import ProviderHTTP
import Testing

@Suite struct ProxySettingsTests {
  typealias Case = (variables: [String: String], url: String, proxy: String?)

  static let cases: [Case] = [
    (["https_proxy": "http://p:1"], "https://git.example", "http://p:1"),
    (["HTTPS_PROXY": "http://p:1"], "https://git.example", "http://p:1"),
    (["http_proxy": "http://p:1"], "http://git.example", "http://p:1"),
    (["HTTP_PROXY": "http://p:1"], "http://git.example", nil),
    (["all_proxy": "socks5://p:1"], "https://git.example", "socks5://p:1"),
    (["https_proxy": "p", "no_proxy": "*"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "git.example"], "https://git.example", nil),
    (["https_proxy": "p", "NO_PROXY": ".example"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "it.example"], "https://git.example", "p"),
    (["https_proxy": "p", "no_proxy": "10.0.0.0/8, x"], "https://10.1.2.3", nil),
    (["https_proxy": "p", "no_proxy": "10.0.0.0/8"], "https://11.1.2.3", "p"),
    (["https_proxy": "p", "no_proxy": "[::1]"], "https://[::1]:8443", nil),
    // As curl 7.86 and later: dots at either end, `*.`, networks whose address has bits of its own.
    (["https_proxy": "p", "no_proxy": ".git.example"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "*.example"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "*.git.example"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "git.example."], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "git.example"], "https://git.example.", nil),
    (["https_proxy": "p", "no_proxy": "Git.Example"], "https://sub.git.example", nil),
    (["https_proxy": "p", "no_proxy": "a\tgit.example\nb"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "a , git.example"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "git.example"], "https://digit.example", "p"),
    (["https_proxy": "p", "no_proxy": "."], "https://git.example", "p"),
    (["https_proxy": "p", "no_proxy": "10.1.2.3/8"], "https://10.9.9.9", nil),
    (["https_proxy": "p", "no_proxy": "10.0.0.0/33"], "https://10.9.9.9", "p"),
    (["https_proxy": "p", "no_proxy": "10.0.0.0/8"], "https://10.example", "p"),
    (["https_proxy": "p", "no_proxy": "fd00::/8"], "https://[fd12::1]", nil),
    // A mark after the comma does not make it another sign.
    (["https_proxy": "p", "no_proxy": "git.example,\u{301}x"], "https://git.example", nil),
    (["https_proxy": "p", "no_proxy": "fd00::1/8"], "https://[fd12::1]", nil),
  ]

  @Test(arguments: cases)
  func whichProxy(_ one: Case) throws {
    let origin = try #require(BaseURL(one.url)?.origin)
    #expect(ProxySettings { one.variables[$0] }.proxy(for: origin) == one.proxy)
  }
}
