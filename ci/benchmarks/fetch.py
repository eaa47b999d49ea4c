"""drift over one forge with latency, against `curl --parallel` on the same URLs."""

import json
import os
import subprocess
import sys

from benchmarks import ROOT, SPEC

COMMIT = "1" * 40


def options(parser):
    parser.add_argument("--fetched", type=int, default=500, help="workloads on the forge (default: 500)")


def run(bench):
    count, folder = bench.options.fetched, bench.folder
    forge = start_forge(folder, count)
    try:
        port = forge.stdout.readline().split()[1]
        address = f"http://127.0.0.1:{port}"
        make_database(folder, count, address)
        (folder / "urls").write_text("".join(
            f'url = "{address}/api/v1/repos/acme/r{i}/{path}"\noutput = /dev/null\n'
            for i in range(count) for path in ("branches/main", f"raw/.tinyforge.yml?ref={COMMIT}")))
        env = {**os.environ, "TINYFORGE_DB": str(folder / "tinyforge.db"), "TINYFORGE_ALLOW_NETWORK": "127.0.0.1"}
        tool = [bench.tools / "drift", "--all", "--fetch", "http", "--no-cache", "--format", "json"]
        peak = bench.ratio(f"drift, {count} workloads at 20 ms / curl", (tool, {"env": env}),
                           (["curl", "-sS", "--parallel", "-K", folder / "urls"], {}), 1.3)
        bench.add(f"drift, {count} workloads at 20 ms, peak MiB", "", peak, 64)
    finally:
        forge.stdin.close()
        forge.wait()


def start_forge(folder, count):
    commit = {"date": "2026-01-02T03:04:05Z", "message": "Begin", "files": {".tinyforge.yml": SPEC}}
    repository = {"branches": {"main": COMMIT}, "commits": {COMMIT: commit}}
    config = {"forge": "gitea", "repositories": {f"acme/r{i}": repository for i in range(count)}}
    (folder / "forge.json").write_text(json.dumps(config))
    return subprocess.Popen(
        [sys.executable, ROOT / "Tests/Peers/forge-server.py", folder / "forge.json", "--latency", "20"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def make_database(folder, count, address):
    config = '{"provider":"gitea","base_url":"%s","repo_owner":"acme","repo_name":"r%d","branch":"main","port":%d}'
    rows = ",".join(
        f"('w{i:05}','app','r{i}','r{i}','dockerfile','{config % (address, i, 8080 - i % 2)}',1)" for i in range(count))
    schema = (ROOT / "Tests/TestSupport/Fixtures/tinyforge.sql").read_text()
    subprocess.run(["sqlite3", folder / "tinyforge.db"], check=True, text=True, stdout=subprocess.DEVNULL, input=(
        f"{schema}\nINSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)"
        f" VALUES {rows};"))
