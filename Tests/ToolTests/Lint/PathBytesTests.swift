import TestSupport
import Testing
import TinyforgeCore

/// Paths that are not UTF-8, which Linux and git take like any other.
@Suite(.ownTime, .hangLimit) struct PathBytesTests {
  private static let lint = builtTool("lint-spec")

  /// A repository with a bad spec in each of three folders: two whose names are not UTF-8 and look the same as text,
  /// and one whose name looks like the escape of the first.
  private struct Project {
    let scratch: Scratch
    var root: String { scratch.file("w") }

    init() async throws {
      scratch = try Scratch()
      let script = #"""
        git init -qb main w; cd w; mkdir empty
        for d in "$(printf 'caf\351')" "$(printf 'caf\350')" 'caf\xE9'; do
          mkdir "$d"; printf 'version: 1\ndeploy:\n  prot: 1\n' >"$d/.tinyforge.yml"
        done
        git add -A
        """#
      try await mustRun("sh", ["-c", script], in: scratch.path)
    }

    /// Runs a shell command in which `$L` is lint-spec, and `$A` and `$B` are the two folders.
    func run(_ command: String) async throws -> CommandResult {
      let script = #"A=$(printf 'caf\351') B=$(printf 'caf\350'); cd w; "# + command
      return try await TestSupport.run(
        "sh", ["-c", script], in: scratch.path,
        environment: ["L": lint, "GIT_CONFIG_COUNT": "0"])
    }
  }

  private static let commit = "git -c user.name=a -c user.email=a@b commit -qm x && "
  private static let zeros = String(repeating: "0", count: 40)

  @Test(arguments: [
    "$L", "$L .", "$L empty/..", "$L \"$PWD\" --format json", "$L --path '*/.tinyforge.yml'",
    "$L --path 'caf?/.tinyforge.yml' --path 'caf*E9/.tinyforge.yml'", "$L --staged",
    "$L --staged --path 'caf*/.tinyforge.yml'", "\(commit) $L --rev HEAD --path '*/.tinyforge.yml'",
    "\(commit) echo \(zeros) $(git rev-parse HEAD) refs/heads/new >../line; git branch -m gone; "
      + "git update-ref -d refs/heads/gone; $L --receive <../line",
    #"$L "$A" "$B" 'caf\xE9'"#,
    #"$L "$A/.tinyforge.yml" "./$B/.tinyforge.yml" 'caf\xE9/.tinyforge.yml'"#,
  ])
  func eachIsChecked(_ command: String) async throws {
    let result = try await Project().run(command)
    #expect(result.status == 1, "\(result)")
    #expect(result.error.hasSuffix("3 errors in 3 files\n") || command.contains("json"))
    for name in ["xE9/", "xE8/"] { #expect(result.output.contains(name), "\(result)") }
    #expect(!result.output.contains("\u{FFFD}"))
  }

  /// A URI holds any bytes.
  @Test func aURIHasTheBytes() async throws {
    let result = try await Project().run("cd empty; $L .. --format sarif")
    for uri in ["caf%E9/.tiny", "caf%E8/.tiny", "caf%5CxE9/.tiny"] {
      #expect(result.output.contains("\"uri\": \"\(uri)"), "\(uri)")
    }
  }

  /// The repository itself, with its settings and its configuration.
  @Test func theRootMayBeSuchAFolder() async throws {
    let script = """
      cd ..; mv w "$A"; cd "$A"; git config tinyforge.specPath a.yml; echo 'version: 3' >a.yml; git add a.yml
      $L; $L --staged; \(Self.commit) $L --rev HEAD --path a.yml
      """
    let result = try await Project().run(script)
    #expect(result.status == 1, "\(result)")
    #expect(result.output.split(separator: "\n").count { $0.hasPrefix("a.yml:1:10: error") } == 3)
    #expect(result.output.split(separator: "\n").count { $0.contains("error: unknown key") } == 6)
  }

  @Test func failuresNameIt() async throws {
    let absent = try await Project().run("$L \"$A/none\"")
    #expect(absent.status == 2 && absent.error.hasPrefix(#"error: caf\xE9/none does not exist"#))
    let closed = try await Project().run(
      """
      chmod 755 ..; chmod 0 "$A/.tinyforge.yml"; setpriv --reuid 65534 --clear-groups "$L" "$A" >out 2>&1
      cat out; eval "$(sed -n 's/^help: //p' out)"
      """)
    #expect(closed.output.contains(#"help: ls -l $'caf\351/.tinyforge.yml'"#), "\(closed)")
    let fixed = try await Project().run(
      "printf 'version: 1\\ndeploy:\\n  Port: 1\\n' >\"$A/.tinyforge.yml\"; $L --fix \"$A\"")
    #expect(fixed.status == 2 && fixed.error.contains("fix it by hand"), "\(fixed)")
  }

  /// Hooks in such a repository, by the working directory and by `--repo`, on a client and on a server; the tool is in
  /// such a folder too.
  @Test(arguments: [
    "$L --install-hook >/dev/null", "cd ..; $L --install-hook --repo \"$A\" >/dev/null; cd \"$A\"",
    "$L --install-hook \"--repo=$PWD\" >/dev/null",
    "printf '#!/bin/sh\\n' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; $L --install-hook >/dev/null",
  ])
  func hooksOfSuchARoot(_ install: String) async throws {
    let script = """
      cd ..; mv w "$A"; cp "$L" "$A/.git/lint-spec"; L=$PWD/$A/.git/lint-spec; cd "$A"; export PATH=/usr/bin:/bin
      git config user.name a; git config user.email a@b; ls .git/hooks >../before
      \(install)
      git commit -qm x; echo "commit $?"
      git init -q --bare "../$B.git"; "$L" --install-hook --repo "../$B.git" >/dev/null
      git commit -q --no-verify -m x; git push -q "../$B.git" HEAD:refs/heads/main; echo "push $?"
      sed -i s/prot/port/ */.tinyforge.yml; git commit -qam x; echo "commit $?"
      git push -q "../$B.git" HEAD:refs/heads/main; echo "push $?"
      "$L" --uninstall-hook; "$L" --uninstall-hook --repo "../$B.git"
      """
    let result = try await Project().run(script)
    let lines = result.output.split(separator: "\n").filter { !$0.contains("unknown key") }
    let steps = lines.filter { $0.hasPrefix("commit ") || $0.hasPrefix("push ") }
    #expect(steps == ["commit 1", "push 1", "commit 0", "push 0"], "\(result)")
    let removed = lines.suffix(2).joined(separator: "\n")
    #expect(
      removed.contains("hook") && removed.contains(#"caf\xE8.git/hooks/pre-receive"#), "\(result)")
    #expect(!removed.contains("no hook"), "\(result)")
  }

  /// A command that looks at a repository of such a path, and the remedies that name it.
  @Test func repositoriesThatAreNamed() async throws {
    let script = """
      cd ..; mv w "$A"
      for form in "--repo $A" "--repo=$A" "--repo ./$A"; do
        $L $form --staged | grep -c 'unknown key'; $L $form | grep -c 'unknown key'
      done
      git -C "$A" config core.hooksPath /nowhere; $L --install-hook --repo "$A" 2>&1 | tail -2
      rm "$A/.git/HEAD"; $L --staged --repo "$A"
      """
    let result = try await Project().run(script)
    #expect(result.output.hasPrefix(String(repeating: "3\n", count: 6)), "\(result)")
    #expect(result.error.contains(#"caf\xE9"#) && !result.error.contains("\u{FFFD}"), "\(result)")
  }
}
