"""The start of the tools, counted: instructions under valgrind's callgrind and page faults of eight usual calls.

Counts hardly depend on the machine's load, so a later change that makes a start slower is seen. Each is held against its line of
start.bounds, which is what was measured on Debian 12 and a few percent; --record writes the file anew.
"""

import os
import re
import subprocess
import sys

from benchmarks import ROOT, SPEC, drift, git

BOUNDS = ROOT / "ci/benchmarks/start.bounds"
# How much more than the measured count passes: threads make the tools' counts vary a little, and kernels the faults.
ROOM = {"instructions": 1.04, "faults": 1.10}


def options(parser):
    parser.add_argument("--record", action="store_true", help="start: write the counts of now as its bounds")


def run(bench):
    bounds = {} if bench.options.record else read_bounds()
    lines = []
    for name, (command, how) in calls(bench).items():
        counts = {"instructions": instructions(command, how), "faults": faults(command, how)}
        for kind, count in counts.items():
            bound = round(count * ROOM[kind]) if bench.options.record else bounds[name, kind]
            lines.append(f"{kind}\t{bound}\t{name}\n")
            unit, name_of_unit = (1e6, "million instructions") if kind == "instructions" else (1, "page faults")
            bench.add(name, name_of_unit, count / unit, bound / unit)
    if bench.options.record:
        BOUNDS.write_text("".join(lines))


def calls(bench):
    """The calls by name, each with what else `subprocess.run` takes."""
    repository, folder = bench.folder / "repository", bench.folder
    git("init", "-q", "-b", "main", repository)
    for number in range(200):
        (repository / f"file-{number}.txt").write_text("content\n")
    git("-C", repository, "add", ".")
    git("-C", repository, "commit", "-qm", "Begin")
    (repository / ".tinyforge.yml").write_text(SPEC)
    git("-C", repository, "add", ".")
    drift.make_mirrors(folder, 20)
    for name, count in ("one.db", 1), ("twenty.db", 20):
        drift.database(folder, name, count)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
                   "TINYFORGE_DB": str(folder / "one.db"), "TINYFORGE_MIRRORS": str(folder / "mirrors")}

    def call(line, **more):
        tool, *words = line.split()
        return [bench.tools / tool, *words], {"cwd": repository, "env": {**environment, **more}}

    twenty = {"TINYFORGE_DB": str(folder / "twenty.db")}
    return {
        "lint-spec FILE": call("lint-spec .tinyforge.yml"),
        "lint-spec --staged": call("lint-spec --staged"),
        "lint-spec of the pre-commit hook": call("lint-spec --staged --only-findings --format text"),
        "plan --version": call("plan --version"),
        "plan, one workload": call("plan --all"),
        "drift, one workload": call("drift --all"),
        "apply --dry-run, one workload": call("apply --all --dry-run"),
        "drift, twenty workloads": call("drift --all", **twenty),
    }


def instructions(command, how):
    """How many instructions a call takes."""
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], **how,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    count = re.search(r"Collected : (\d+)", result.stderr)
    if count is None or result.returncode not in (0, 1):
        sys.exit(f"bench: {command[0]} under valgrind ended with {result.returncode}: {result.stderr}")
    return int(count[1])


def faults(command, how):
    """The fewest page faults of five calls."""
    counts = []
    for _ in range(5):
        process = subprocess.Popen(command, **how, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        counts.append(usage.ru_minflt)
    return min(counts)


def read_bounds():
    """The bounds by call and kind."""
    bounds = {}
    for line in BOUNDS.read_text().splitlines():
        kind, bound, name = line.split("\t")
        bounds[name, kind] = int(bound)
    return bounds
