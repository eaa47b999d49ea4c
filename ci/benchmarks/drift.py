"""drift over many bare mirrors: against a plain loop over libgit2, a loop of `git cat-file`, and itself.

The mirrors share their objects by hard links, so that twenty thousand of them fit on a disk; each is a repository of its own to
git. Half the workloads drift in one field more than the others, and every one of them has a cause and an author to be found.
"""

import os
import subprocess

from benchmarks import ROOT, SPEC, git

CONFIG = ('{"provider":"gitea","base_url":"https://git.example.org","repo_owner":"acme","repo_name":"r%d",'
          '"branch":"main","port":%d,"healthcheck":"/healthz"}')


def options(parser):
    parser.add_argument("--mirrors", type=int, default=2000)
    parser.add_argument("--fleet", type=int, default=20000)


def run(bench):
    count, fleet, folder = bench.options.mirrors, bench.options.fleet, bench.folder
    make_mirrors(folder, fleet)
    database(folder, "few.db", count)
    database(folder, "fleet.db", fleet)
    few, many = (command(bench, folder, name) for name in ("few.db", "fleet.db"))

    loop = bench.compile("read-mirrors.c", "libgit2")
    listed(folder, "few", count)
    peak = bench.ratio(f"drift, {count} mirrors / C loop", few,
                       ([loop, ".tinyforge.yml", "main"], {"stdin": folder / "few"}), 1.2)
    bench.add(f"drift, {count} mirrors, peak MiB", "", peak, 64)

    shell = folder / "cat-files"
    shell.write_text('#!/bin/sh\nwhile read -r folder; do git -C "$folder" cat-file blob main:.tinyforge.yml; done\n')
    shell.chmod(0o755)
    bench.speedup(f"drift, {count} mirrors / git cat-file", few, ([shell], {"stdin": folder / "few"}), 10, rounds=3)

    large, small, peak = bench.take_turns(many, few, rounds=3)
    bench.add(f"drift, {fleet} workloads / {count}, each",
              f"{large / fleet * 1e6:9.1f} us  peer {small / count * 1e6:9.1f} us", (large / fleet) / (small / count), 1.3)
    bench.add(f"drift, {fleet} workloads, peak MiB", "", peak, 128)


def command(bench, folder, name):
    """drift over a database of that name."""
    env = {**os.environ, "TINYFORGE_DB": str(folder / name), "TINYFORGE_MIRRORS": str(folder / "mirrors")}
    return [bench.tools / "drift", "--all", "--format", "json"], {"env": env}


def listed(folder, name, count):
    (folder / name).write_text("".join(f"{folder}/mirrors/acme/r{i}.git\n" for i in range(count)))


def make_mirrors(folder, count):
    """Bare mirrors of a repository with a spec."""
    source = folder / "source"
    git("init", "-q", "-b", "main", source)
    (source / ".tinyforge.yml").write_text(SPEC)
    for name in range(20):
        (source / f"file-{name}.txt").write_text("content\n" * name)
    git("-C", source, "add", ".")
    git("-C", source, "commit", "-qm", "Begin")
    first = folder / "mirrors/acme/r0.git"
    first.parent.mkdir(parents=True)
    git("clone", "-q", "--mirror", source, first)
    for sample in (first / "hooks").glob("*.sample"):
        sample.unlink()
    # By `cp`, which links the files many times faster than Python copies them.
    subprocess.run(
        f'for i in $(seq 1 {count - 1}); do printf "%s\\n" "{first.parent}/r$i.git"; done | xargs -P 2 -n 1 cp -al {first}',
        shell=True, check=True)


def database(folder, name, count):
    """A database that names the first of the mirrors."""
    rows = ",".join(
        f"('w{i:05}','app','r{i}','r{i}','dockerfile','{CONFIG % (i, 8080 - i % 2)}',1)" for i in range(count))
    schema = (ROOT / "Tests/TestSupport/Fixtures/tinyforge.sql").read_text()
    subprocess.run(["sqlite3", folder / name], check=True, text=True, stdout=subprocess.DEVNULL, input=(
        f"{schema}\nINSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)"
        f" VALUES {rows};"))
