import TestSupport
import Testing
import TinyforgeCore

struct PathPatternTests {
  @Test(arguments: [
    (".tinyforge.yml", ".tinyforge.yml", true), (".tinyforge.yml", "a/.tinyforge.yml", false),
    ("*/.tinyforge.yml", "a/.tinyforge.yml", true),
    ("*/.tinyforge.yml", "a/b/.tinyforge.yml", false),
    ("**/.tinyforge.yml", ".tinyforge.yml", true),
    ("**/.tinyforge.yml", "a/b/.tinyforge.yml", true),
    ("a/**", "a/b/c", true), ("a/**", "a", false), ("a/**/c", "a/c", true),
    ("a/**/c", "a/b/b/c", true),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("a?c", "aéc", true), ("[a-c]x", "bx", true),
    ("[!a-c]x", "bx", false), ("[!a-c]x", "dx", true), ("[]]", "]", true), ("[a", "[a", true),
    ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false), ("*", "", true), ("a*", "b", false),
    ("**/**/x", "x", true), ("**/a/**/a/**", "a/b/a/c", true), ("**/a/**/a/**", "a/b/a", false),
    ("**/**", "a", true), ("a/**/b/*/c", "a/b/b/x/c", true), ("a/**/**", "a", false),
    ("[a-]", "-", true),
  ])
  func matching(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  @Test(arguments: [
    (".tinyforge.yml", "/a/b/.tinyforge.yml", true),
    (".tinyforge.yml", "/a/x.tinyforge.yml", false),
    ("b/.tinyforge.yml", "/a/b/.tinyforge.yml", true), ("*.yml", "/a/b.yml", true),
    ("b/*.yml", "/a/c/b.yml", false), ("a.yml", "a.yml", true), ("a.yml", "/b/a.yml/c", false),
    ("ö.yml", "/a/ö.yml", true), ("ö.yml", "/aö.yml", false), ("*.yml", "b.yml", true),
    ("*.yml", "/a.yml/b", false), ("**", "/a/b", true), ("**/b", "/a/b", true),
  ])
  func matchingTheEnd(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(PathPattern(pattern).matchesEnd(of: path[...]) == expected)
  }

  /// Many stars must not take exponential time.
  @Test func manyStars() {
    let pattern = PathPattern(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    #expect(
      !PathPattern(String(repeating: "**/a/", count: 6) + "b").matches(
        String(repeating: "a/", count: 40)))
    // Tried one by one, the ways to share 400 folders among 40 stars would outlast the sun.
    let nested = PathPattern(String(repeating: "**/a/", count: 40) + "b")
    let path = String(repeating: "a/", count: 400)
    #expect(!nested.matches(path) && !nested.matchesEnd(of: path[...]))
    #expect(nested.matches(path + "b") && nested.matchesEnd(of: (path + "b")[...]))
  }
}
