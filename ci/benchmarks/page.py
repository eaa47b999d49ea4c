"""drift's page of HTML for 5,000 workloads: how long it takes to make, to be seen and to be filtered in Chromium."""

import json
import subprocess

from benchmarks import ROOT, SPEC, once

COUNT = 5000
DRIFT = {"field": "port", "repo": 8080, "live": 3000, "cause": "live_edited", "reason": "the live value was changed",
         "line": 3, "column": 9, "end_line": 3, "end_column": 13, "touched": None, "synced_by": None}
STATUSES = ["ok", "no_file", "fetch_failed", "invalid", "disabled", "ineligible"]
CAUSES = ["live_edited", "spec_moved", "both", "reverted", "never_synced", "unknown"]


def run(bench):
    report, page = bench.folder / "report.json", bench.folder / "large.en.html"
    report.write_text(json.dumps(fleet()))
    merge = [bench.tools / "drift", "merge", report, "--lang", "en", "--exit-zero"]
    rounds = range(bench.options.rounds)
    # Another form of the same report: what the reading costs alone.
    html = min(once([*merge, "--format", "html", "--output", page])[0] for _ in rounds)
    peer = min(once([*merge, "--format", "prometheus"])[0] for _ in rounds)
    bench.add(f"html, {COUNT} workloads, s", f"{page.stat().st_size / 1e6:.1f} MB, with the reading", html, 1)
    bench.add(f"html, {COUNT} workloads / prometheus", f"{html * 1000:9.2f} ms  peer {peer * 1000:9.2f} ms", html / peer, 8)
    times = json.loads(subprocess.check_output(
        [ROOT / ".build/peers/bin/python", ROOT / "Tests/Peers/look-at-page.py", "--times", page], text=True))
    bench.add("html, first paint, ms", "", times["first_paint_ms"], 1500)
    bench.add("html, filter, ms", "", times["filter_ms"], 100)


def fleet():
    workloads = [workload(index) for index in range(COUNT)]
    drifted = sum(1 for item in workloads if item["drift"])
    return {"schema": "tinyforge.drift/v1", "generated_at": "2026-11-24T22:00:00Z", "workloads": workloads,
            "summary": {"workloads": COUNT, **dict.fromkeys(STATUSES, 0), "ok": COUNT, "drifted": drifted, "refused": 0,
                        "stale": 0, "causes": {**dict.fromkeys(CAUSES, 0), "live_edited": drifted}}}


def workload(index):
    return {"id": f"w-{index}", "name": f"service-{index}", "source_kind": "dockerfile", "status": "ok", "message": "",
            "spec": {"path": ".tinyforge.yml", "origin": "commit", "repository": f"/srv/mirrors/acme/service-{index}.git",
                     "commit": "3f2a9c01" * 5, "committed_at": "2026-11-20T09:14:00Z", "subject": "Serve", "raw": SPEC},
            "managed_fields": ["port", "healthcheck", "deploy_strategy"], "drift": [DRIFT] if index % 5 == 0 else [],
            "merged_errors": [], "notes": [], "findings": [], "last_sync_at": "2026-11-18T08:00:00Z",
            "last_sync_commit": "77aa2222" * 5, "stale": False}
