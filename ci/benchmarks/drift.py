"""drift over many bare mirrors, against a plain loop over libgit2 (Tests/Peers/read-mirrors.c)."""

import os
import shutil
import subprocess

from benchmarks import ROOT, SPEC, git

CONFIG = ('{"provider":"gitea","base_url":"https://git.example.org","repo_owner":"acme","repo_name":"r%d",'
          '"branch":"main","port":%d,"healthcheck":"/healthz"}')


def options(parser):
    parser.add_argument("--mirrors", type=int, default=2000)


def run(bench):
    count, folder = bench.options.mirrors, bench.folder
    make_mirrors(folder, count)
    loop = bench.compile("read-mirrors.c", "libgit2")
    env = {**os.environ, "TINYFORGE_DB": str(folder / "tinyforge.db"), "TINYFORGE_MIRRORS": str(folder / "mirrors")}
    peak = bench.ratio(f"drift, {count} mirrors / C loop",
                       ([bench.tools / "drift", "--all", "--format", "json"], {"env": env}),
                       ([loop, ".tinyforge.yml", "main"], {"stdin": folder / "list"}), 1.5)
    bench.add(f"drift, {count} mirrors, peak MiB", "", peak, 64)


def make_mirrors(folder, count):
    """Bare mirrors of repositories with a spec each, and a database that names them all."""
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
    for index in range(1, count):
        shutil.copytree(first, first.with_name(f"r{index}.git"))
    rows = ",".join(
        f"('w{i:05}','app','r{i}','r{i}','dockerfile','{CONFIG % (i, 8080 - i % 2)}',1)" for i in range(count))
    schema = (ROOT / "Tests/TestSupport/Fixtures/tinyforge.sql").read_text()
    subprocess.run(["sqlite3", folder / "tinyforge.db"], check=True, text=True, stdout=subprocess.DEVNULL, input=(
        f"{schema}\nINSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)"
        f" VALUES {rows};"))
    (folder / "list").write_text("".join(f"{folder}/mirrors/acme/r{i}.git\n" for i in range(count)))
