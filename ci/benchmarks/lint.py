"""lint-spec on one file, on the index and on 10,000 specs, against what people compare it with."""

import os
import subprocess
import sys

from benchmarks import ROOT, SPEC, git

# Go without modules, which finds Debian's package of the library.
GO_ENVIRONMENT = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}


def run(bench):
    one_file(bench)
    staged(bench)
    many_specs(bench)


def one_file(bench):
    """One file against git's start, and against the validators that teams use today."""
    spec, schema = bench.folder / "spec.yml", bench.folder / "schema.json"
    spec.write_text(SPEC)
    lint = [bench.tools / "lint-spec", spec]
    schema.write_bytes(subprocess.check_output([bench.tools / "lint-spec", "--print-schema"]))
    peers, rounds = ROOT / ".build/peers/bin", bench.options.rounds
    bench.ratio("lint-spec FILE / git --version", lint, ["git", "--version"], 4, rounds * 30)
    bench.speedup("yamllint / lint-spec FILE", lint, [peers / "yamllint", spec], 15, rounds * 3)
    bench.speedup("check-jsonschema / lint-spec FILE", lint,
                  [peers / "check-jsonschema", "--schemafile", schema, spec], 40, rounds)


def staged(bench):
    """The index against the least that libgit2 makes a program do."""
    repository = bench.folder / "repository"
    git("init", "-q", "-b", "main", repository)
    for number in range(200):
        (repository / f"file-{number}.txt").write_text("content\n")
    (repository / ".tinyforge.yml").write_text(SPEC)
    git("-C", repository, "add", ".")
    peer = bench.compile("read-index-entry.c", "libgit2")
    bench.ratio("lint-spec --staged / C program, one index entry",
                ([bench.tools / "lint-spec", "--staged"], {"cwd": repository, "statuses": (0,)}),
                ([peer, repository, ".tinyforge.yml"], {"statuses": (0,)}), 3, bench.options.rounds * 30)


def many_specs(bench):
    """10,000 specs in one run, all good and all kinds, against the server's decoder on the same files."""
    peer = bench.folder / "server-decoder"
    subprocess.run(["go", "build", "-o", peer, "main.go"], check=True, cwd=ROOT / "Tests/Peers/server-decoder",
                   env={**GO_ENVIRONMENT, "GOCACHE": str(bench.folder / "go-cache")})
    good, generated = bench.folder / "good", bench.folder / "generated"
    for number in range(10_000):
        folder = good / f"group-{number // 100}" / f"app-{number}"
        folder.mkdir(parents=True)
        (folder / ".tinyforge.yml").write_text(SPEC.replace("8080", str(1024 + number)))
    subprocess.run([sys.executable, ROOT / "Tests/Peers/generate-specs.py", "--seed", "7", "--count", "10000",
                    "--specs", generated], check=True)
    # The decoder cannot search, so find does it for it; both halves of the peer run side by side.
    for name, tree, pattern in ("good", good, ".tinyforge.yml"), ("generated", generated, "*.yml"):
        script = 'find "$1" -name "$2" | "$3" spec'
        peak = bench.ratio(f"lint-spec, 10,000 {name} specs / find, Go decoder",
                           [bench.tools / "lint-spec", "--path", pattern, tree],
                           ["sh", "-c", script, "sh", tree, pattern, peer], 1, bench.options.rounds * 3)
        bench.add(f"lint-spec, 10,000 {name} specs, peak MiB", "", peak, 64)
