import Testing
import TinyforgeCore

/// Users and passwords in what a person gave as a path or an address.
@Suite struct UserinfoTests {
  @Test(arguments: [
    ("mysql://u:hunter2pw@h/x", "mysql://***@h/x"),
    ("Postgres://u:hunter2pw@h/x", "Postgres://***@h/x"),
    ("sqlite://hunter2pw@h/x", "sqlite://***@h/x"),
    ("git+ssh://u:hunter2pw@h:22/x", "git+ssh://***@h:22/x"),
    ("https://u:hunter2pw@[::1]:80/x", "https://***@[::1]:80/x"),
    ("db://u:hunter2pw@more@h/x", "db://***@h/x"),
    ("db://u:a/hunter2pw@h/x", "db://***@h/x"),
    ("db://u:a?hunter2pw@h/x", "db://***@h/x"),
    ("db://u:hunter%32pw%40@h/x", "db://***@h/x"),
    ("db://u:my hunter2pw@h/x", "db://***@h/x"),
    ("db://u:hunter2pw", "db://***"), ("db://u:1hunter2pw/x", "db://***/x"),
    (
      "no 'a://u:hunter2pw@h/x' and b://hunter2pw@i/y; try c",
      "no 'a://***@h/x' and b://***@i/y; try c"
    ),
    ("mysql:/u:hunter2pw@h/x", "mysql:/***@h/x"), ("db:///u:hunter2pw@h", "db:///***@h"),
    ("a://***@h/x", "a://***@h/x"), ("ü://u:hunter2pw@h", "ü://***@h"),
  ]) func areMasked(_ text: String, _ shown: String) {
    #expect(text.withoutUserinfo == shown)
    #expect(Failure(.usage, text, remedy: "\(text)").message == shown)
    #expect(Failure(.usage, "", remedy: "\(text)").remedy?.text.contains("hunter") == false)
  }

  @Test(arguments: [
    "https://host/x", "https://host:8080/x", "http://127.0.0.1:8080: no", "(http://[::1]:80)",
    "a b/c",
    "see https://host: it says so", "https://github.com/@scope/x", "'https://h:80', 'http://i:90'",
    "://a:b@c", "main:/srv/x@y", "x:/", "x://",
  ]) func areNotSeenElsewhere(_ text: String) { #expect(text.withoutUserinfo == text) }
}
