"""drift and apply on a database of PostgreSQL: round trips, and a pgbench script of the same statements."""

import os
import re
import statistics
import subprocess
import sys

from benchmarks import drift, once, times
from postgres_server import PORT, Server

FLEET, SYNCS = 10_000, 500

# What apply sends for one workload, each statement a round trip.
SCRIPT = r"""
\set n :n + 1
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT set_config('lock_timeout', '10000', true), set_config('application_name', 'apply/0.1.0 4711 1764409569 web-1 ann', true);
SELECT pg_advisory_xact_lock(1952868207, :n);
SELECT id, name, source_kind, source_config, gitops_enabled::text, gitops_path, gitops_last_sync_at, gitops_commit_sha, updated_at
  FROM workloads WHERE source_kind <> '' AND id = format('w%s', lpad((:n)::text, 5, '0')) FOR UPDATE;
UPDATE workloads SET source_config = replace(source_config, '3000', '8080'), gitops_last_sync_at = '2026-11-24T01:02:03Z',
  gitops_commit_sha = 'c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff', updated_at = '2026-11-24 01:02:03'
  WHERE id = format('w%s', lpad((:n)::text, 5, '0'));
INSERT INTO event_log (message, source, severity, metadata, created_at) VALUES ('Synced.', 'gitops', 'info', '{"workload":"w","changes":[]}', '2026-11-24 01:02:03') RETURNING id;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT source_config FROM workloads WHERE id = format('w%s', lpad((:n)::text, 5, '0'));
SELECT 1 FROM event_log WHERE id = (SELECT max(id) FROM event_log);
COMMIT;
"""


def run(bench):
    folder = bench.folder
    drift.make_mirrors(folder, FLEET)
    drift.database(folder, "tinyforge.db", FLEET)
    server = Server(folder)
    try:
        server.make("fleet", folder / "tinyforge.db")
        trips(bench, server)
        syncs(bench, server)
    finally:
        server.stop()


def trips(bench, server):
    """How often drift sends something to the server and waits, the greeting included."""
    log = bench.folder / "sent"
    command = [bench.tools / "drift", "--all", "--format", "json"]
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=sendto", "-o", log, *command], env=environment(bench, server, "fleet"),
                          stdout=subprocess.PIPE, check=False)
    if done.returncode != 1 or done.stdout.count(b'"status": "ok"') < FLEET:
        sys.exit(f"bench: drift over {FLEET} workloads of PostgreSQL ended with {done.returncode}")
    # The last one only says goodbye.
    sent = len(re.findall(r"sendto\(", log.read_text())) - 1
    bench.add(f"drift, {FLEET} of PostgreSQL, round trips", "", sent, 5)


def syncs(bench, server):
    """apply of workloads that all change, beside pgbench, each on a copy of one database."""
    server.psql("fleet", f"DELETE FROM workloads WHERE id >= 'w{SYNCS:05}';"
                "UPDATE workloads SET source_config = replace(replace(source_config, '8080', '3000'), '8079', '3000');")
    server.psql("fleet", "VACUUM FULL ANALYZE")
    script = bench.folder / "script.sql"
    script.write_text(SCRIPT)
    measured = {0: [], 1: []}
    for turn in range(bench.options.rounds + 1):
        for side in (0, 1):
            server.psql("postgres", "DROP DATABASE IF EXISTS copy")
            server.psql("postgres", "CREATE DATABASE copy TEMPLATE fleet STRATEGY file_copy")
            server.psql("copy", "CHECKPOINT")
            if side == 0:
                wall, _ = once([bench.tools / "apply", "--all", "--yes", "--format", "json"], env=environment(bench, server, "copy"),
                               statuses=(0,))
            else:
                wall, _ = once(["pgbench", "-n", "-M", "extended", "-c", "1", "-t", str(SYNCS), "-D", "n=-1", "-f", script, "-h", server.folder,
                                "-p", PORT, "-U", "postgres", "copy"], statuses=(0,))
            changed = server.psql("copy", "SELECT count(*) FROM workloads WHERE source_config LIKE '%8080%'; SELECT count(*) FROM event_log")
            if changed.split() != [str(SYNCS)] * 2:
                sys.exit(f"bench: of {SYNCS} workloads {changed.split()} were changed and audited")
            if turn > 0:
                measured[side].append(wall)
    tool, peer = (statistics.median(measured[side]) for side in (0, 1))
    bench.add(f"apply, {SYNCS} of PostgreSQL / pgbench", times(tool, peer), tool / peer, 1.5)


def environment(bench, server, name):
    return {**os.environ, "TINYFORGE_DB": f"postgres://postgres@/{name}?host={server.folder}&port={PORT}",
            "TINYFORGE_MIRRORS": str(bench.folder / "mirrors")}
