import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

/// Unusual repositories, of which `git show` is the judge: it reads, and so do we; it refuses, and so do we.
@Suite(.ownTime, .hangLimit) struct JudgedByGitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// Lines of a shell that runs in a mirror with packed branches, beside the folder `repo` it was made of.
    var testDescription: String
    var revisions = ["main"]
  }

  private static let borrow =
    "rm -rf objects/??; rm -f objects/pack/*; O=$PWD/../repo/.git/objects; "

  static let lists = [
    #"printf '"%s"\n' "$O""#, #"printf '"%s\n' "$O""#, #"printf '"%s"x\n' "$O""#,
    #"printf '"\x\n%s\n' "$O""#, #"printf '%s\r\n' "$O""#, #"printf '# %s\n\n%s\n' /none "$O""#,
    #"printf '%s///\n' "$O""#, #"printf '%s/./pack/..\n' "$O""#, #"printf ' %s\n' "$O""#,
    #"printf '%s' "$O""#, #"printf '../../repo/.git/objects\n'"#,
    #"printf '"..\\057../repo/.git/object\\163"\n'"#, #"printf '"../../repo/.git/objects\\q"\n'"#,
    #"printf '/none\n%s\n' "$O""#, #"printf '%s\n%s\n' "$O" "$O""#, #"printf '#"\n%s\n' "$O""#,
    #"printf '"/none"\n"%s"\n' "$O""#, #"printf '""\n%s\n' "$O""#,
  ].map { Case(testDescription: borrow + $0 + " >objects/info/alternates") }

  /// A list of a list, relative to a folder that is reached by a link.
  static let chains = [1, 5, 6, 7].map { count in
    Case(
      testDescription: borrow
        + "for i in $(seq \(count)); do mkdir -p ../n$i/objects/info; "
        + #"printf '../../n%s/objects\n' $((i+1)) >../n$i/objects/info/alternates; done; "#
        + #"ln -sfn "$O" ../n\#(count + 1)/objects || { mkdir ../n\#(count + 1); ln -s "$O" ../n\#(count + 1)/objects; }; "#
        + #"printf '../../n1/objects\n' >objects/info/alternates"#)
  }

  static let references = [
    Case(
      testDescription: "rm HEAD; ln -s refs/heads/main HEAD", revisions: ["HEAD", "main", "@~1"]),
    Case(testDescription: "rm HEAD; ln -s refs/heads/none HEAD", revisions: ["main", "feature/x"]),
    Case(testDescription: "git symbolic-ref HEAD refs/heads/none", revisions: ["HEAD", "main"]),
    Case(
      testDescription: "git symbolic-ref refs/heads/none refs/heads/missing",
      revisions: ["none", "main"]),
    Case(
      testDescription: "git branch c0 main; for i in 1 2 3 4 5 6; do "
        + "git symbolic-ref refs/heads/c$i refs/heads/c$((i-1)); done; git symbolic-ref HEAD refs/heads/c3",
      revisions: ["c1", "c3", "c4", "c5", "c6", "HEAD", "c5~1"]),
    Case(
      testDescription:
        "git symbolic-ref refs/heads/a refs/heads/b; git symbolic-ref refs/heads/b refs/heads/a",
      revisions: ["a", "main"]),
    Case(
      testDescription: "printf '%s refs/heads/aaa\\n' $(git rev-parse main~1) >>packed-refs",
      revisions: ["aaa", "main", "light", "feature/x"]),
    Case(
      testDescription: "printf '%s refs/heads/main\\n' $(git rev-parse main~1) >>packed-refs",
      revisions: ["main", "nested"]),
    Case(
      testDescription:
        "sed -i '1d; s,^\\(.*\\) refs/heads/main$,&\\n\\1 refs/heads/aaa,' packed-refs; "
        + "printf '%s refs/heads/main\\n' $(git rev-parse refs/heads/feature/x~1) >>packed-refs",
      revisions: ["main", "aaa", "annotated", "feature/x"]),
    Case(
      testDescription:
        "sed -i '1s/sorted//' packed-refs; tac packed-refs | grep '^[0-9a-f]' >p; mv p packed-refs",
      revisions: ["main", "feature/x", "annotated", "light"]),
    Case(
      testDescription:
        "{ head -1 packed-refs; grep '^[0-9a-f]' packed-refs | tac; } >p; mv p packed-refs",
      revisions: ["main", "feature/x", "annotated", "light", "nested"]),
    Case(
      testDescription: "sed -i 's, refs/heads/main,xrefs/heads/main,' packed-refs",
      revisions: ["main", "feature/x"]),
    Case(
      testDescription:
        "git tag tree main^{tree}; git tag -a -m x atree main^{tree}; git tag blob main:.tinyforge.yml",
      revisions: ["tree", "atree", "blob"]),
    Case(
      testDescription:
        "git worktree add -q wt main~1 --detach 2>/dev/null; git update-ref FOO main~1; "
        + "git -C wt update-ref refs/worktree/x main",
      revisions: [
        "main-worktree/HEAD", "worktrees/wt/HEAD", "worktrees/wt/refs/worktree/x", "FOO",
        "main-worktree/FOO", "main-worktree/refs/heads/main", "worktrees/none/HEAD",
      ]),
  ]

  @Test(arguments: lists + chains + references)
  func isReadWhereGitReadsIt(_ one: Case) async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("mirror.git", "--mirror")
    try await git("pack-refs", "--all", in: mirror)
    try await mustRun("sh", ["-c", one.testDescription], in: mirror)
    for revision in one.revisions { try await compare(revision, mirror) }
  }

  /// What git shows of a tree or a file itself has no commit: the tool reads specs of commits alone.
  private func compare(_ revision: String, _ folder: String) async throws {
    let shown = try await run("git", ["show", "\(revision):.tinyforge.yml"], in: folder)
    let isCommit = try await run(
      "git", ["rev-parse", "-q", "--verify", "\(revision)^{commit}"], in: folder)
    let wanted = shown.status == 0 && isCommit.status == 0 ? shown.output : nil
    let read = try? GitRepository.open(folder).read(revision: revision, path: ".tinyforge.yml")
    #expect(read?.text == wanted, "\(revision): \(shown.error)")
  }

  /// References of the one work tree as seen from another.
  @Test(arguments: [
    "HEAD", "main-worktree/HEAD", "worktrees/wt/HEAD", "refs/worktree/x",
    "main-worktree/refs/worktree/x",
    "refs/bisect/x", "main-worktree/refs/bisect/x", "FOO", "main-worktree/FOO",
  ])
  func workTrees(_ revision: String) async throws {
    let fixture = try await Fixture.withHistory()
    let tree = fixture.scratch.file("wt")
    try await git("worktree", "add", "-q", tree, "main~1", "--detach", in: fixture.repo)
    for (folder, commit) in [(fixture.repo, "main"), (tree, "main~1")] {
      for name in ["refs/worktree/x", "refs/bisect/x", "FOO"] {
        try await git("update-ref", name, commit, in: folder)
      }
    }
    try await compare(revision, tree)
    try await compare(revision, fixture.repo)
  }

  /// Mirrors are opened by another way, which has to find the same branch.
  @Test func aMirrorWhoseHeadIsALink() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("acme/mirror.git", "--mirror")
    try await git("pack-refs", "--all", in: mirror)
    try await mustRun("ln", ["-sf", "refs/heads/main", "\(mirror)/HEAD"])
    let repository = try GitRepository.openMirror(mirror)
    #expect(try repository.read(branch: nil, path: ".tinyforge.yml").text == spec(1002))
    #expect(try repository.read(branch: "feature/x", path: ".tinyforge.yml").text == spec(1003))
    let mirrors = MirrorSet(folders: [fixture.scratch.file("")])
    #expect(mirrors.find(host: nil, owner: "acme", name: "mirror").found != nil)
  }
}
