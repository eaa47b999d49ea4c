"""The start of the tools, counted: instructions under valgrind's callgrind and page faults of usual calls, and the
instructions that each further workload takes.

Counts hardly depend on the machine's load, so a later change that makes a start slower is seen. Each is held against its line of
start.bounds, which is what was measured on Debian 12 and a few percent; --record writes the file anew.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import ROOT, SPEC, drift, git

BOUNDS = ROOT / "ci/benchmarks/start.bounds"
# How much more than the measured count passes: threads make the tools' counts vary a little, and kernels the faults.
ROOM = {"instructions": 1.04, "faults": 1.10}
# The calls that are counted for one workload and for twenty.
TOOLS_OF_MANY = ["plan", "drift", "apply --dry-run", "apply"]


def options(parser):
    parser.add_argument("--record", action="store_true", help="start: write the counts of now as its bounds")


def run(bench):
    bounds = {} if bench.options.record else read_bounds()
    lines, counted = [], {}

    def add(name, kind, count):
        bound = round(count * ROOM[kind]) if bench.options.record else bounds[name, kind]
        lines.append(f"{kind}\t{bound}\t{name}\n")
        unit, name_of_unit = (1e6, "million instructions") if kind == "instructions" else (1, "page faults")
        bench.add(name, name_of_unit, count / unit, bound / unit)

    for name, call in calls(bench).items():
        counted[name] = instructions(*call)
        add(name, "instructions", counted[name])
        add(name, "faults", faults(*call))
    for tool in TOOLS_OF_MANY:
        each = (counted[f"{tool}, twenty workloads"] - counted[f"{tool}, one workload"]) / 19
        add(f"{tool}, each further workload", "instructions", each)
    if bench.options.record:
        BOUNDS.write_text("".join(lines))


def calls(bench):
    """The calls by name: the command, what else `subprocess.run` takes, and the database."""
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
                   "TINYFORGE_MIRRORS": str(folder / "mirrors")}

    def call(line, database="one.db"):
        tool, *words = line.split()
        return [bench.tools / tool, *words], {"cwd": repository, "env": environment}, folder / database

    tools = dict(zip(TOOLS_OF_MANY, ["plan --all", "drift --all", "apply --all --dry-run", "apply --all --yes"]))
    return {
        "lint-spec FILE": call("lint-spec .tinyforge.yml"),
        "lint-spec --staged": call("lint-spec --staged"),
        "lint-spec of the pre-commit hook": call("lint-spec --staged --only-findings --format text"),
        "plan --version": call("plan --version"),
        **{f"{tool}, one workload": call(line) for tool, line in tools.items()},
        **{f"{tool}, twenty workloads": call(line, "twenty.db") for tool, line in tools.items()},
    }


def with_copy(how, database):
    """How a call is run on a copy of the database, for it may change it."""
    copy = Path(tempfile.mkdtemp(dir=database.parent)) / "tinyforge.db"
    shutil.copy(database, copy)
    return {**how, "env": {**how["env"], "TINYFORGE_DB": str(copy)}}


def instructions(command, how, database):
    """How many instructions a call takes."""
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                            **with_copy(how, database), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True)
    count = re.search(r"Collected : (\d+)", result.stderr)
    if count is None or result.returncode not in (0, 1):
        sys.exit(f"bench: {command[0]} under valgrind ended with {result.returncode}: {result.stderr}")
    return int(count[1])


def faults(command, how, database):
    """The fewest page faults of five calls."""
    counts = []
    for _ in range(5):
        process = subprocess.Popen(command, **with_copy(how, database), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
