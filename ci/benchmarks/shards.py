"""A fleet beyond one machine: some of 64 shards, and the joining of the reports of all 64.

The workloads share a thousand mirrors; half of them drift in one field more than the others. The reports of the shards that do not run
are those of the ones that do, with other ids, so that 64 reports of the whole fleet are joined. `--sharded 1000000` is the size that
docs/drift.md has figures of; bounds are of a workload, so that each size is held against them.
"""

import subprocess

from benchmarks import ROOT, drift, once

SHARDS = 64
MIRRORS = 1000
# What joining may take in MiB of any fleet, and in bytes of each of its workloads: 256 MiB of a million.
FIXED, EACH = 64, 200


def options(parser):
    parser.add_argument("--sharded", type=int, default=64_000, metavar="WORKLOADS", help="the fleet of `shards` (default: 64000)")
    parser.add_argument("--shards-run", type=int, default=2, metavar="N", help="how many of the 64 shards run (default: 2)")


def run(bench):
    fleet, count, folder = bench.options.sharded, bench.options.shards_run, bench.folder
    drift.make_mirrors(folder, MIRRORS)
    database(folder / "fleet.db", fleet)
    tool, how = drift.command(bench, folder, "fleet.db")
    reports = [folder / f"shard-{index}.json" for index in range(1, SHARDS + 1)]
    runs = [once([*tool, "--shard", f"{index + 1}/{SHARDS}", "--output", reports[index]], **how) for index in range(count)]
    wall, peak = max(wall for wall, _ in runs), max(peak for _, peak in runs)
    # Each shard reads the whole table, and inspects its part.
    bench.add(f"a shard of {SHARDS}, us of each of {fleet}", f"{wall:9.2f} s", wall / fleet * 1e6, 100)
    bench.add(f"a shard of {SHARDS}, KiB of each of {fleet}", f"{peak:9.1f} MiB", peak * 1024 / fleet, 1.5)

    for index in range(count, SHARDS):
        rename(reports[index % count], reports[index], index)
    size = sum(report.stat().st_size for report in reports) / 2**20
    for form in ("json", "markdown"):
        wall, peak = once([tool[0], "merge", "--format", form, *reports])
        bench.add(f"merge of {SHARDS} reports ({form}), peak MiB", f"{wall:9.2f} s of {size:9.1f} MiB", peak,
                  FIXED + EACH * fleet / 2**20)


def database(path, count):
    """A database of workloads that take turns at the mirrors."""
    # The two numbers of drift's config, made by SQL.
    config = drift.CONFIG.replace("%d", f"' || (i % {MIRRORS}) || '", 1).replace("%d", "' || (8080 - i % 2) || '")
    schema = (ROOT / "Tests/TestSupport/Fixtures/tinyforge.sql").read_text()
    subprocess.run(["sqlite3", path], check=True, text=True, stdout=subprocess.DEVNULL, input=f"""{schema}
        WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {count})
        INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
        SELECT printf('w%07d', i), 'app', 'r' || i, printf('app-%07d', i), 'dockerfile', '{config}', 1 FROM numbers;""")


def rename(report, copy, index):
    """Copies a report to one of another shard: its workloads have other ids, which come in the same order."""
    with open(report) as source, open(copy, "w") as target:
        for line in source:
            if line.startswith('      "id": "w'):
                line = line.replace('",', f'-{index}",')
            elif line.startswith('  "shard":'):
                line = f'  "shard": "{index + 1}/{SHARDS}",\n'
            target.write(line)
