"""One sequence of steps on a fresh world: by the real tools and real second writers, compared with the model."""

import errno
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import time
from calendar import timegm
from collections import Counter

from proofs.oracle import Member, Oracle, Outcome, Row, meaning
from proofs.world import ENVIRONMENT, apply_command, connect, document, integrity, make_database, run

NAMES = ("w-dock", "w-site", "w-image")


class Mismatch(Exception):
    """The tool and the model differ."""


class Play:
    """One sequence on a fresh world."""

    def __init__(self, tools, folder, mirror):
        self.tools, self.folder, self.mirror = tools, folder, mirror
        self.database = folder / "tinyforge.db"
        for path in folder.glob("tinyforge.db*"):
            if path.is_file():
                path.unlink()
        rows = {name: Row(source, members(index)) for index, (name, source) in enumerate(
            zip(NAMES, ("dockerfile", "static", "image")))}
        make_database(self.database, [(name, row.source, row.config, 1) for name, row in rows.items()])
        for row in rows.values():
            row.updated_at = "2026-01-02 03:04:05"
        self.server = connect(self.database)
        self.oracle = Oracle(rows, mirror.commits)
        self.seen, self.plans = 0, {}
        mirror.push(0)
        self.counts = Counter()

    def play(self, steps):
        """Plays the steps; raises at the first that differs."""
        try:
            for number, step in enumerate(steps, 1):
                start = int(time.time())
                try:
                    self.step(step)
                    self.compare(start)
                except Mismatch as mismatch:
                    raise Mismatch(f"step {number}, {json.dumps(step)}: {mismatch}") from None
            if (verdict := integrity(self.server)) != "ok":
                raise Mismatch(f"integrity_check: {verdict}")
        finally:
            self.server.close()

    def step(self, step):
        self.counts[step[0]] += 1
        getattr(self, step[0])(*step[1:])

    # What others do.

    def edit(self, name, key, raw):
        row = self.oracle.rows[name]
        row.set(key, raw)
        self.server.execute("UPDATE workloads SET source_config = ? WHERE id = ?", (row.config, name))

    def source(self, name, source):
        self.oracle.rows[name].source = source
        self.server.execute("UPDATE workloads SET source_kind = ? WHERE id = ?", (source, name))

    def push(self, index):
        self.oracle.branch = index
        self.mirror.push(index)

    def checkpoint(self):
        self.server.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # What apply does.

    def command(self, *arguments):
        return apply_command(self.tools, self.database, self.folder / "mirrors", *arguments, "--format", "json")

    def sync(self, name):
        self.expect(self.oracle.sync(name), *run(self.command("--workload", name, "--yes")))

    def all(self):
        self.expect_all([self.oracle.sync(name) for name in self.eligible()], "--keep-going")

    def atomic(self):
        self.expect_all(self.oracle.sync_together(self.eligible()), "--atomic")

    def eligible(self):
        """The workloads of --all, in its order."""
        rows = self.oracle.rows
        return [name for name in sorted(NAMES) if rows[name].enabled and rows[name].source in ("dockerfile", "static")]

    def expect_all(self, expected, option):
        status, output, error = run(self.command("--all", "--allow-empty", "--yes", option))
        told = document(output)
        results = [workload["result"] for workload in told["workloads"]] if told else None
        if results != [outcome.result for outcome in expected]:
            raise Mismatch(f"--all came to {results}, not to {[outcome.result for outcome in expected]}: {error}")
        if status != max([outcome.status for outcome in expected], default=0):
            raise Mismatch(f"--all ended with {status}: {error}")

    def held(self, name):
        locks = self.folder / "tinyforge.db.gitops-locks"
        locks.mkdir(mode=0o700, exist_ok=True)
        with open(locks / f"{name}.lock", "a+") as file:
            ofd_lock(file, fcntl.F_WRLCK)
            told = run(self.command("--workload", name, "--yes", "--lock-timeout", "0"))
            # Closing alone would leave the lock with a child that another thread has just forked.
            ofd_lock(file, fcntl.F_UNLCK)
        # Where there is nothing to do, nobody needs the lock.
        self.expect(Outcome(0, "unchanged") if self.oracle.is_synced(name) else Outcome(3, "failed"), *told)

    def between(self, name, answer, inner):
        shown = self.oracle.changes(self.oracle.rows[name])
        commit = self.oracle.commits[self.oracle.branch]
        asked = []

        def meanwhile():
            asked.append(True)
            self.step(inner)
            return answer

        told = confirm(self.command("--workload", name), meanwhile)
        if bool(asked) != bool(shown):
            raise Mismatch(f"a question was {'asked' if asked else 'not asked'}, with changes {shown}")
        if asked and answer != "yes":
            if told[0] != 1:
                raise Mismatch(f"no consent, and it ended with {told[0]}: {told[2]}")
            return
        self.expect(self.oracle.sync(name, (shown, commit) if asked else None), *told)

    def enable(self, name, path):
        arguments = [] if path is None else ["--path", path]
        self.opt(self.oracle.enable(name, path), "enable", name, *arguments)

    def disable(self, name):
        self.opt(self.oracle.disable(name), "disable", name)

    def plan(self, name):
        """Saves a plan, where there is one to save."""
        plan = self.oracle.plan(name)
        if plan is None:
            return
        file = self.folder / f"{name}.plan"
        file.unlink(missing_ok=True)
        status, output, error = run([str(self.tools / "plan"), "--workload", name, "--out", str(file), "--db",
                                     str(self.database), "--mirrors", str(self.folder / "mirrors")])
        is_changing = any(meaning(key, plan["row"].value(key)) != meaning(key, to) for key, to in plan["to"].items())
        if status != 0 or not file.exists() or file.stat().st_mode & 0o777 != 0o600:
            raise Mismatch(f"plan --out ended with {status}: {output}{error}")
        # A workload of which nothing would change is not in the plan.
        self.plans[name] = plan if is_changing else None

    def carry(self, name):
        """Applies the plan that was saved last."""
        if name in self.plans:
            plan, told = self.plans[name], run(self.command(str(self.folder / f"{name}.plan"), "--yes"))
            if plan is not None:
                self.expect(self.oracle.carry_out(name, plan), *told)
            elif told[0] != 0 or document(told[1])["workloads"]:
                raise Mismatch(f"an empty plan ended with {told[0]}: {told[1]}{told[2]}")

    def revert(self, name, is_forced, share=None):
        """Undoes the last sync, or the event at a share of the log, whosever and whatever it is."""
        log = self.oracle.log
        event = log[int(share * len(log))]["id"] if share is not None and log else None
        options = ["--force"] * is_forced + (["--event", str(event)] if event else [])
        self.opt(self.oracle.revert(name, is_forced, event), "revert", name, "--yes", *options)

    def opt(self, expected, *arguments):
        command = [str(self.tools / "apply"), *arguments, "--db", str(self.database), "--format", "json"]
        self.expect(expected, *run(command))

    @staticmethod
    def expect(expected, status, output, error):
        told = document(output)
        report = (told.get("workloads") or [told])[0] if told else {}
        if (status, report.get("result")) != (expected.status, expected.result):
            raise Mismatch(f"it came to {report.get('result')} with status {status}, not to {expected}: {output}{error}")

    # The comparison.

    def compare(self, start):
        """Every column of every row, and each row of the event log."""
        rows = self.server.execute(
            "SELECT id, source_kind, source_config, gitops_enabled, gitops_path, gitops_commit_sha, gitops_last_sync_at,"
            " updated_at, kind, ref_id, name FROM workloads ORDER BY id").fetchall()
        for found in rows:
            name, row = found[0], self.oracle.rows[found[0]]
            synced_at = self.stamp(row, "synced_at", found[6], "%Y-%m-%dT%H:%M:%SZ", start)
            updated_at = self.stamp(row, "updated_at", found[7], "%Y-%m-%d %H:%M:%S", start)
            expected = (name, row.source, row.config, int(row.enabled), row.path, row.commit, synced_at, updated_at,
                        "app", name, name)
            if found != expected:
                raise Mismatch(f"the row is\n  {found}, not\n  {expected}")
            row.stamps = set()
        if len(rows) != len(NAMES):
            raise Mismatch("a row is gone")
        self.compare_events()

    @staticmethod
    def stamp(row, column, found, form, start):
        """The time that a column must hold: as it was, or any within the step where the step has set it."""
        if column in row.stamps:
            try:
                seconds = timegm(time.strptime(found, form))
            except ValueError:
                raise Mismatch(f"{column} is {found!r}") from None
            if start <= seconds <= time.time():
                setattr(row, column, found)
        return getattr(row, column)

    def compare_events(self):
        """The rows of the event log that are new: as many as the model has, and with what it knows of each."""
        expected = self.oracle.log[self.seen:]
        rows = self.server.execute("SELECT id, source, severity, metadata FROM event_log WHERE id >= ? ORDER BY id",
                                   (self.oracle.first_id + self.seen,)).fetchall()
        if len(rows) != len(expected):
            raise Mismatch(f"{len(rows)} new audit rows, not {len(expected)}: {rows}")
        for (number, source, severity, metadata), event in zip(rows, expected):
            told = {**json.loads(metadata), "id": number}
            if (source, severity) != ("gitops", "info") or any(told.get(key) != event[key] for key in event):
                raise Mismatch(f"the audit row is {metadata}, not {event}")
        self.seen += len(rows)


def members(index):
    """A live config with odd white space, numbers and escapes that must all survive."""
    odd = [Member("provider", '"gitea"'), Member("base_url", '"https://git.example.org"', " "),
           Member("repo_owner", '"acme"'), Member("repo_name", '"shop"'), Member("branch", '"main"', "\n\t", " : "),
           Member("memory", "12345678901234567890"), Member("ratio", "1.50e+1", "  ")]
    leaves = [Member("port", "3000"), Member("healthcheck", '"\\/"'), Member("nested", '{"port": 1, "a":[ ]}')]
    return odd + leaves[:index + 2][::-1]


def ofd_lock(file, kind):
    """Sets or drops an open-file-description lock on a whole file; F_OFD_SETLK."""
    fcntl.fcntl(file, 37, struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 0, 0))


def confirm(command, meanwhile):
    """Runs a command on a terminal, and does `meanwhile` when it asks; that returns the answer."""
    ours, theirs = pty.openpty()
    # Standard output stays a pipe, for the document.
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True,
                               env={**ENVIRONMENT, "TERM": "dumb"}, start_new_session=True)
    os.close(theirs)
    shown, is_asked, deadline = "", False, time.time() + 30
    while time.time() < deadline:
        if not select.select([ours], [], [], 0.5)[0]:
            continue
        try:
            data = os.read(ours, 65536)
        except OSError as error:
            # The other side is closed: the command has ended.
            if error.errno == errno.EIO:
                break
            raise
        shown += data.decode(errors="replace")
        if "yes to apply" in shown and not is_asked:
            is_asked = True
            answer = meanwhile()
            # An empty answer means the end of input: Ctrl-D.
            os.write(ours, f"{answer}\n".encode() if answer else b"\x04")
    else:
        process.kill()
    output = process.communicate()[0]
    os.close(ours)
    return process.returncode, output, shown
