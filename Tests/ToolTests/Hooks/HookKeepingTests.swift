import TestSupport
import Testing

/// Hooks of others that go on beside ours, and are back after it.
@Suite(.ownTime, .hangLimit) struct HookKeepingTests {
  private static let lint = builtTool("lint-spec")
  private static let framework = projectFile(".build/peers/bin/pre-commit")

  private let scratch: Scratch
  private let path: String

  init() async throws {
    scratch = try Scratch()
    path = try scratch.folder("r")
    try await git("init", "-q", in: path)
    for name in ["user.name", "user.email"] {
      try await git("config", name, "a@example.org", in: path)
    }
  }

  private var environment: [String: String] {
    [
      "TINYFORGE_LINT_SPEC": Self.lint, "PRE_COMMIT_HOME": scratch.file("cache"),
      "HOME": scratch.path,
    ]
  }

  private func putHook(_ text: String, as name: String = "pre-commit") async throws {
    try scratch.write("r/.git/hooks/\(name)", text)
    try await mustRun("chmod", ["755", "\(path)/.git/hooks/\(name)"])
  }

  private func commit(_ arguments: String...) async throws -> CommandResult {
    try await run(
      "git", ["commit", "-q", "--allow-empty", "-m", "x"] + arguments, in: path,
      environment: environment)
  }

  @discardableResult
  private func lint(_ arguments: String...) async throws -> CommandResult {
    try await run(Self.lint, arguments, in: path)
  }

  /// Everything in the folder of hooks and beside it, but git's examples.
  private func layout() async throws -> String {
    let script = """
      find hooks tinyforge-kept-hooks ! -name '*.sample' ! -type d -exec stat -c '%N %a' {} + -exec cksum {} + 2>&1 | sort
      """
    return try await mustRun("sh", ["-c", script], in: "\(path)/.git")
  }

  /// Hooks that find themselves, their name or a file beside them, each in its language's way.
  private static let hooks = [
    "#!/bin/sh\n. \"$(dirname \"$0\")/lib.sh\"\n",
    "#!/bin/sh\n[ \"${0##*/}\" = pre-commit ] && [ -e \"${0%/*}/lib.sh\" ]\n",
    "#!/bin/sh\ncd \"$(dirname \"$(readlink -f \"$0\")\")/..\" && [ -e HEAD ]\n",
    "#!/bin/sh\n. .git/hooks/lib.sh\n",
    "#!/bin/sh\nfor h in \"$0\".d/*; do \"$h\" || exit; done; [ -e ran ]\n",
    "#!/bin/sh\nrun-parts --exit-on-error .git/hooks/pre-commit.d; [ -e ran ]\n",
    "#!/bin/bash\nme=$0; cat \"${me/pre-commit/lib.sh}\" >/dev/null\n",
    "#!/bin/bash\n. \"${BASH_SOURCE[0]%/*}/lib.sh\"\n",
    "#!/usr/bin/perl\nuse FindBin; exit(-e \"$FindBin::Bin/lib.sh\" ? 0 : 7);\n",
    "#!/usr/bin/perl\nuse FindBin; exit(-e \"$FindBin::RealBin/lib.sh\" ? 0 : 7);\n",
    "#!/usr/bin/env python3\nimport sys, os\nopen(sys.path[0] + '/lib.sh')\n",
    "#!/usr/bin/env python3\nimport sys, os\nopen(os.path.split(sys.argv[0])[0] + '/lib.sh')\n",
    "#!/usr/bin/env python3\nimport helper\n",
    "#!/usr/bin/env ruby\nrequire_relative 'lib'\n",
    "#!/usr/bin/env node\nrequire('./lib.js')\n",
  ]

  @Test(arguments: hooks.indices)
  func aHookThatLooksBesideItselfGoesOn(_ index: Int) async throws {
    let hook = Self.hooks[index]
    let files = [
      "lib.sh": "x=1\n", "helper.py": "", "lib.rb": "", "lib.js": "",
      "pre-commit.d/one": "#!/bin/sh\n: >ran\n",
    ]
    for (name, text) in files { try scratch.write("r/.git/hooks/\(name)", text) }
    try await mustRun("chmod", ["+x", "\(path)/.git/hooks/pre-commit.d/one"])
    try await putHook(hook)
    // Not every machine has every language.
    guard try await commit().status == 0 else {
      return #expect(hook.contains("ruby") || hook.contains("node"), "the case itself is wrong")
    }
    try await mustRun("sh", ["-c", "rm -rf ran .git/hooks/__pycache__"], in: path)
    let before = try await layout()
    for _ in 1...2 { try await lint("--install-hook") }
    let kept = try await commit()
    #expect(kept.status == 0, "\(hook): \(kept)")
    try await mustRun(
      "sh",
      [
        "-c",
        "rm -rf .git/hooks/lib* .git/hooks/helper* ran; sed -i s/ran/no/ .git/hooks/pre-commit.d/* ",
      ], in: path)
    if !hook.contains("HEAD") { #expect(try await commit().status != 0, "it runs: \(hook)") }
    for (name, text) in files where !name.contains("/") {
      try scratch.write("r/.git/hooks/\(name)", text)
    }
    try scratch.write("r/.git/hooks/pre-commit.d/one", files["pre-commit.d/one"] ?? "")
    try await lint("--uninstall-hook")
    try await mustRun("rm", ["-rf", ".git/hooks/__pycache__"], in: path)
    #expect(try await layout() == before, "\(hook)")
  }

  @Test func aProgramThatLooksBesideItselfGoesOn() async throws {
    let source = try scratch.write(
      "hook.c",
      """
      #include <limits.h>
      #include <stdlib.h>
      #include <string.h>
      #include <unistd.h>
      int main(void) {
        char *path = realpath("/proc/self/exe", NULL);
        strcpy(strrchr(path, '/'), "/lib");
        return access(path, F_OK) ? 7 : 0;
      }
      """)
    try scratch.write("r/.git/hooks/lib", "")
    try await mustRun("cc", ["-w", "-o", "\(path)/.git/hooks/pre-commit", source])
    #expect(try await commit().status == 0)
    let before = try await layout()
    try await lint("--install-hook")
    #expect(try await commit().status == 0)
    // What is added later is seen as well.
    try await mustRun("rm", [".git/hooks/lib", ".git/tinyforge-kept-hooks/lib"], in: path)
    #expect(try await commit().status == 1, "the hook runs")
    try scratch.write("r/.git/hooks/lib", "")
    #expect(try await commit().status == 0)
    try await lint("--uninstall-hook")
    #expect(try await layout() == before)
  }

  @Test func whatAHookWritesBesideItselfStays() async throws {
    try await putHook("#!/bin/sh\necho run >>\"$(dirname \"$0\")/log\"\n")
    try await lint("--install-hook")
    try await lint("--install-hook", "pre-push")
    #expect(try await commit().status == 0)
    try await lint("--uninstall-hook")
    #expect(try await commit().status == 0)
    #expect(try readFile("\(path)/.git/hooks/log") == Array("run\nrun\n".utf8))
    #expect(try await run("ls", ["\(path)/.git/tinyforge-kept-hooks"]).status != 0)
  }

  /// The real framework (P) and ours (I), installed and removed (p, i) in every order.
  @Test(arguments: ["PIpi", "PIPpi", "IPpi", "IPip", "PIip", "IPIpi", "PIpIi"])
  func theUsersOwnHookIsBack(_ order: String) async throws {
    try await putHook("#!/bin/sh\necho MINE\n")
    try scratch.write("r/.pre-commit-config.yaml", "repos: []\n")
    try await git("add", ".pre-commit-config.yaml", in: path)
    let before = try await layout()
    for step in order {
      switch step {
      case "I": try await mustRun(Self.lint, ["--install-hook"], in: path)
      case "i": try await mustRun(Self.lint, ["--uninstall-hook"], in: path)
      default:
        try await mustRun(
          Self.framework, [step == "P" ? "install" : "uninstall"], in: path,
          environment: environment)
      }
      let result = try await commit()
      #expect(
        result.status == 0 && (result.output + result.error).contains("MINE"),
        "\(order), after \(step): \(result)")
    }
    #expect(try await layout() == before)
  }

  /// Somebody removed our hook and did not know of the one that it ran.
  @Test(arguments: ["--install-hook", "--uninstall-hook"])
  func aKeptHookIsNotForgotten(_ option: String) async throws {
    try await putHook("#!/bin/sh\necho MINE\n")
    let before = try await layout()
    try await lint("--install-hook")
    try await mustRun("rm", [".git/hooks/pre-commit"], in: path)
    let result = try await lint(option)
    #expect(result.status == 0 && result.output.contains("tinyforge-kept-hooks/pre-commit"))
    #expect(try await commit().error.contains("MINE"))
    try await lint("--uninstall-hook")
    #expect(try await layout() == before)
  }

  /// Two hooks and no word which is meant: either is kept by the command that is named.
  @Test(arguments: ["mv ", "rm "], ["--install-hook", "--uninstall-hook"])
  func aSecondHookIsNotLost(_ command: String, _ option: String) async throws {
    try await putHook("#!/bin/sh\necho mv\n")
    try await lint("--install-hook")
    try await mustRun("rm", [".git/hooks/pre-commit"], in: path)
    try await putHook("#!/bin/sh\necho rm\n")
    let refused = try await lint(option)
    #expect(refused.status == 2, "\(refused)")
    let words = refused.error.split { $0 == " " || $0 == "\n" }.map(String.init)
    let at = try #require(words.firstIndex(of: String(command.dropLast())))
    let fix = words[at...].prefix(command == "mv " ? 3 : 2).joined(separator: " ")
    try await mustRun("sh", ["-c", String(fix.prefix { $0 != "," })], in: path)
    #expect(try await lint(option).status == 0)
    #expect(try await commit().error.contains(command.dropLast()))
  }

  /// Another tool took over git's hooks: ours can still be removed.
  @Test func oursIsRemovedUnderAnotherHooksPath() async throws {
    try await putHook("#!/bin/sh\necho MINE\n")
    let before = try await layout()
    try await lint("--install-hook")
    try await git("config", "core.hooksPath", ".husky/_", in: path)
    #expect(try await lint("--uninstall-hook").status == 0)
    #expect(try await layout() == before)
  }
}
