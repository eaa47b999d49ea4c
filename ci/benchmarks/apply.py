"""apply beside a C program that does the same transactions (Tests/Peers/apply-rows.c), and beside drift."""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys

from benchmarks import drift, once, times

COUNT = 500


def run(bench):
    folder = bench.folder
    drift.make_mirrors(folder, COUNT)
    drift.database(folder, "tinyforge.db", COUNT)
    database, template = folder / "tinyforge.db", folder / "template.db"
    subprocess.run(["sqlite3", database, (
        "UPDATE workloads SET source_config = replace(replace(source_config, '8080', '3000'), '8079', '3000');"
        "PRAGMA wal_checkpoint(TRUNCATE)")], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(database, template)
    peer = bench.compile("apply-rows.c", "sqlite3")
    env = {**os.environ, "TINYFORGE_DB": str(database), "TINYFORGE_MIRRORS": str(folder / "mirrors")}
    apply = [bench.tools / "apply", "--all", "--yes", "--format", "json"]

    tool, other = fresh(bench, database, template, (apply, env), ([peer, database, str(COUNT)], None))
    # Without a bound: 1.1 to 2.1 on four machines. The counts of `ci/bench start` are what a change is held to.
    bench.show(f"apply, {COUNT} changed / C transactions", times(tool, other), tool / other)
    one = [bench.tools / "apply", "--workload", "w00000", "--yes"]
    tool, other = fresh(bench, database, template, (one, env), ([peer, database, "1"], None), bench.options.rounds * 5)
    bench.add("apply, one changed, ms beyond C's", times(tool, other), (tool - other) * 1000, 25)

    reset(database, template)
    once(apply, env=env)
    before = state(folder)
    bench.ratio(f"apply, {COUNT} with nothing to do / drift", (apply, {"env": env}),
                ([bench.tools / "drift", "--all", "--format", "json"], {"env": env}), 1.3)
    if state(folder) != before:
        sys.exit("bench: apply with nothing to do wrote something")


def fresh(bench, database, template, tool, peer, rounds=None):
    """The medians of both, each run on a database in which nothing is applied yet."""
    measured = {0: [], 1: []}
    for index in range((rounds or bench.options.rounds) + 1):
        for side, (command, env) in enumerate((tool, peer)):
            reset(database, template)
            wall, _ = once(command, env=env, statuses=(0,))
            if index > 0:
                measured[side].append(wall)
    return statistics.median(measured[0]), statistics.median(measured[1])


def reset(database, template):
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, database)


def state(folder):
    """What the database's files and the locks' folder hold; the shared memory is no file that lasts."""
    files = [folder / "tinyforge.db", folder / "tinyforge.db-wal"]
    locks = folder / "tinyforge.db.gitops-locks"
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] + [
        (file.name, file.stat().st_mtime_ns) for file in sorted(locks.iterdir())]
