import GitSpecs
import SystemPackage
import TinyforgeCore

/// A hook that git runs, and the script that this tool installs for it.
enum HookScript: String, CaseIterable {
  case preCommit = "pre-commit"
  case preMergeCommit = "pre-merge-commit"
  case prePush = "pre-push"
  case preReceive = "pre-receive"
  case update

  /// What a script of ours holds and no other does.
  static let mark = "A tinyforge hook:"

  /// The hook of that name; throws with the nearest where there is none.
  static func named(_ name: String) throws(Failure) -> HookScript {
    if let hook = HookScript(rawValue: name) { return hook }
    let names = allCases.map(\.rawValue)
    let guess = NearestName.find(name, among: names).map { "did you mean \($0)? " } ?? ""
    throw Failure(
      .usage, "there is no hook \"\(name.shownSafely)\" to install",
      remedy: "\(prose: guess)known are \(prose: names.joined(separator: ", "))")
  }

  /// The script as it is shipped, to be copied by hand.
  var text: String { text(tool: nil, kept: nil) }

  /// The script; `tool` is used where no `lint-spec` is on the `PATH`, and the hook of the name `kept` that was
  /// there before runs first.
  func text(tool: FilePath?, kept: String?) -> String {
    """
    #!/bin/sh
    # \(purpose)
    # \(Self.mark) lint-spec --install-hook installs it, lint-spec --uninstall-hook removes it.
    \(kept.map(runKept) ?? "")lint=${TINYFORGE_LINT_SPEC:-lint-spec}
    \(tool.map(fallback) ?? "")
    if ! command -v "$lint" >/dev/null 2>&1; then
      echo "\(rawValue): $lint is not installed\(isOnServer ? " on the server" : ""), so no spec was checked." >&2
      echo "\(absenceRemedy)" >&2
      exit 1
    fi

    \(call) && exit 0
    status=$?
    case $status in
      1) echo "\(refused): \(correction)" >&2 ;;
      *) echo "\(refused): the specs could not be checked; the reason is above." >&2 ;;
    esac
    exit "$status"

    """
  }

  /// What to write into a hook that this tool does not change.
  var line: String {
    switch self {
    case .preCommit, .preMergeCommit: "lint-spec --staged --only-findings || exit $?"
    case .prePush: "lint-spec --push \"$1\" --only-findings || exit $?"
    case .preReceive: "lint-spec --receive --only-findings || exit $?"
    case .update:
      "printf '%s %s %s\\n' \"$2\" \"$3\" \"$1\" | lint-spec --receive --only-findings || exit $?"
    }
  }

  private var isOnServer: Bool { self == .preReceive || self == .update }
  private var readsInput: Bool { self == .preReceive || self == .prePush }

  private var purpose: String {
    switch self {
    case .preCommit: "Refuses a commit that adds or changes a spec which Tinyforge would refuse."
    case .preMergeCommit:
      "Refuses a merge that adds or changes a spec which Tinyforge would refuse."
    case .prePush: "Refuses to push commits that add or change a spec which Tinyforge would refuse."
    case .preReceive: "Refuses a push that adds or changes a spec which Tinyforge would refuse."
    case .update:
      "Refuses one reference of a push that adds or changes a spec which Tinyforge would refuse."
    }
  }

  private var call: String {
    switch self {
    case .preCommit, .preMergeCommit: "\"$lint\" --staged --only-findings --format text"
    case .prePush: "\"$lint\" --push \"$1\" --only-findings --format text"
    case .preReceive: "\"$lint\" --receive --only-findings --format text --color never"
    case .update:
      """
      printf '%s %s %s\\n' "$2" "$3" "$1" |
        "$lint" --receive --only-findings --format text --color never
      """
    }
  }

  private var refused: String {
    switch self {
    case .preCommit: "Commit refused"
    case .preMergeCommit: "Merge refused"
    case .prePush, .preReceive: "Push refused"
    case .update: "$1 refused"
    }
  }

  private var correction: String {
    switch self {
    case .preCommit: "correct the spec, git add it, and commit again."
    case .preMergeCommit: "correct the spec, git add it, and run git commit."
    case .prePush, .preReceive, .update:
      "correct the spec that is named above, commit, and push again."
    }
  }

  private var absenceRemedy: String {
    switch self {
    case .preCommit, .preMergeCommit, .prePush:
      """
      Put it on the PATH, or name it in TINYFORGE_LINT_SPEC; --no-verify skips the hook.
      """
    case .preReceive, .update:
      "Ask an admin to put it on the PATH of the git server, or to remove this hook."
    }
  }

  private func fallback(_ tool: FilePath) -> String {
    """
    [ -n "${TINYFORGE_LINT_SPEC:-}" ] || command -v "$lint" >/dev/null 2>&1 || \(Self.assignment(tool))

    """
  }

  /// Sets `lint` to a path, in the language of every `sh`: not all know `$'\\351'`.
  private static func assignment(_ path: FilePath) -> String {
    let word = shellWord(path).description
    guard word.startsWithBytes(of: "$'") else { return "lint=\(word)" }
    let octal = path.pathBytes.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
    // The point keeps a line break at the end, which $( ) would drop.
    return "{ lint=$(printf '\(octal.joined()).') && lint=${lint%.}; }"
  }

  /// The hook from before has its own name and its own file.
  ///
  /// Both get the whole input, of which the point keeps the last line break that $( ) would drop. A file that was
  /// added to the hooks since is linked beside it.
  private func runKept(_ name: String) -> String {
    let links = """
      # The hook from before runs first, in a folder that has links to all that is in this one.
      kept=${0%/*}/../\(KeptHooks.folderName)
      for file in "${0%/*}"/* "${0%/*}"/.[!.]*; do
        case $file in *.sample) continue ;; esac
        link=$kept/${file##*/}
        [ ! -e "$file" ] || [ -e "$link" ] || [ -L "$link" ] || ln -s "../hooks/${file##*/}" "$link" 2>/dev/null
      done

      """
    guard readsInput else {
      return links + """
        if [ -x "$kept/\(name)" ]; then "$kept/\(name)" "$@" || exit $?; fi

        """
    }
    return links + """
      if [ -x "$kept/\(name)" ] && [ -z "${TINYFORGE_HOOK_INPUT:-}" ]; then
        input=$(cat && echo .)
        printf '%s' "${input%.}" | "$kept/\(name)" "$@" || exit $?
        printf '%s' "${input%.}" | TINYFORGE_HOOK_INPUT='read' "$0" "$@"
        exit $?
      fi

      """
  }
}
