"""A sync that is killed, or meets a failing disk, at every system call that it makes."""

import os
import queue
import re
import shutil
import subprocess
from collections import Counter

from proofs import Figures
from proofs.calls import aim, read_trace
from proofs.world import Mirror, apply_command, config, connect, document, dump, integrity, make_database, run

TITLE = "Killed, or failed, at every system call"
ABOUT = """\
One sync is traced, and then repeated for each system call of the trace with a fault injected at that very call by
strace: SIGKILL at each call of any kind, and EIO, ENOSPC and EINTR at each call that touches files, locks or the
database. Each is done on a database at rest, where the sync itself makes the write-ahead log, and on one that a server
has open. After each run SQLite's integrity check must pass, for the server and for a newcomer; the row must be wholly
old or wholly new, and have its audit row exactly when it is new; every other byte of every table must be as it was; no
file may be left behind; and another apply that does not wait for the lock must succeed at once. A run that was told of
an error must end with 0, 2 or 3, say what failed in clean words, and claim neither success on an old row nor that
nothing was changed on a new one; only before the program's own start the loader may end it with 127. A run that failed
on a new row is one whose output could not be written, or whose commit the disk did not confirm: it says so."""

OLD = config('"port":3000,"healthcheck":"/"')
NEW = config('"port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green"')
SPEC = "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n  deploy_strategy: blue-green\n"
KILL = "signal=KILL"
ERRORS = ("EIO", "ENOSPC", "EINTR")
OUTCOMES = {
    True: [("killed", "old"), ("killed", "new")],
    False: [("ended with 0", "new"), ("failed", "old"), ("failed", "new")]}
# The promises, by what breaks them.
DAMAGED = "damaged databases"
HALF = "half, unaudited or stray changes"
LOCKED = "locks or databases that kept the next apply out"
UNTOLD = "runs that told something else than what happened"
WARNING = "note: SQLite"
UNCLEAN = re.compile(
    r"errno|fatal error|stack dump|backtrace|swift/|0x[0-9a-f]{6}|error code|[\x00-\x09\x0b-\x1f\x7f]", re.I)


class Lane:
    """A folder to run in, one run at a time, bound to one core so that the runtime's threads repeat themselves."""

    def __init__(self, evidence, number):
        cores = sorted(os.sched_getaffinity(0))
        self.tools, self.core = evidence.tools, cores[number % len(cores)]
        self.folder = (evidence.folder / f"lane-{number}").resolve()
        self.mirror = Mirror(self.folder / "mirrors", [SPEC])
        self.template = self.folder / "template.db"
        make_database(self.template, [("w-1", "dockerfile", OLD, 1), ("w-2", "dockerfile", OLD, 1)])
        self.database = self.folder / "world/tinyforge.db"
        connection = connect(self.template)
        self.before = dump(connection)
        connection.close()

    def reset(self, is_open):
        """A fresh database; with a connection that has written, where a server has it open."""
        shutil.rmtree(self.database.parent, ignore_errors=True)
        self.database.parent.mkdir()
        shutil.copyfile(self.template, self.database)
        if not is_open:
            return None
        server = connect(self.database)
        server.execute("UPDATE workloads SET name = name WHERE id = 'w-2'")
        return server

    def command(self, *options):
        apply = apply_command(self.tools, self.database, self.folder / "mirrors", "--workload", "w-1", "--yes",
                              "--format", "json")
        return ["taskset", "-c", str(self.core), *options, *apply]

    def trace(self, is_open):
        """The calls of a sync, in which a first sync has warmed what the system caches."""
        for _ in range(2):
            server = self.reset(is_open)
            log = self.folder / "trace"
            status, _, error = run(self.command("strace", "-f", "-y", "-s", "0", "-o", log))
            if server is not None:
                server.close()
        if status != 0:
            raise SystemExit(f"evidence: a sync without any fault failed: {error}")
        return read_trace(log.read_text(), self.folder)

    def shoot(self, shot, fault, is_open):
        """What a run with the fault came to, and which promise it broke and how; no outcome where it was not hit."""
        for _ in range(3):
            server = self.reset(is_open)
            status, output, error = self.inject(shot, fault)
            if status is not None:
                break
            close(server)
        else:
            return None, None
        state, problem = self.state(server)
        problem = problem or told(shot, fault, status, output, error, state) or self.afterwards(server)
        close(server)
        if problem:
            where = "open by a server" if is_open else "at rest"
            problem = (problem[0], f"{fault} at {shot.target.text[:200]} on a database {where}, "
                                   f"ended with {status}: {problem[1]}")
        return ("killed" if status == -9 else "ended with 0" if status == 0 else "failed", state), problem

    def inject(self, shot, fault):
        """What a run came to in which the fault was met; the status is None where it was not."""
        log = self.folder / "log"
        # With seccomp only the calls of that name are stopped at; strace sends no signal from there.
        faster = [] if fault == KILL else ["--seccomp-bpf"]
        told = run(self.command("strace", "-f", *faster, "-o", log, *shot.options(fault, self.folder)))
        is_hit = told[0] == -9 if fault == KILL else "(INJECTED)" in log.read_text()
        return told if is_hit else (None, "", "")

    def state(self, server):
        """"old" or "new", and which promise that breaks and how."""
        newcomer = connect(self.database)
        try:
            for connection in filter(None, (server, newcomer)):
                if (verdict := integrity(connection)) != "ok":
                    return None, (DAMAGED, verdict)
            after = dump(newcomer)
        finally:
            newcomer.close()
        return self.compare(after)

    def compare(self, after):
        before = self.before
        others = before.keys() - {"workloads", "event_log", "sqlite_sequence"}
        if after.keys() != before.keys() or any(before[table] != after[table] for table in others):
            return None, (HALF, "another table is touched")
        if after["workloads"][1:] != before["workloads"][1:] or after["event_log"][:1] != before["event_log"]:
            return None, (HALF, "another workload or an older event is touched")
        row, events = after["workloads"][0], after["event_log"][1:]
        if row == before["workloads"][0] and not events:
            return "old", None
        misfit = self.misfit_of_new(row, events)
        return "new", misfit and (HALF, misfit)

    def misfit_of_new(self, row, events):
        """What keeps the row and its audit from being a whole sync."""
        old = self.before["workloads"][0]
        changed = {index for index in range(len(row)) if row[index] != old[index]}
        config_at, updated_at, synced_at, commit_at = 7, 12, 15, 16
        if row[config_at] != NEW or row[commit_at] != self.mirror.commits[0]:
            return f"neither old nor new: {row}"
        if changed != {config_at, updated_at, synced_at, commit_at}:
            return f"columns {changed} changed"
        if len(events) != 1:
            return f"{len(events)} audit rows for one sync"
        metadata = document(events[0][5])
        if metadata is None or metadata["commit"] != row[commit_at] or len(metadata["changes"]) != 3:
            return f"the audit row does not tell this sync: {events[0]}"
        return None

    def afterwards(self, server):
        """Another sync gets the lock at once, and leaves exactly one audited change."""
        status, output, error = run(self.command()[3:] + ["--lock-timeout", "0"])
        if status != 0:
            return LOCKED, f"another apply ended with {status}: {output}{error}"
        state, problem = self.state(server)
        if problem or state != "new":
            return problem or (HALF, "another apply left the row as it was")
        stray = {path.name for path in self.database.parent.rglob("*")} - {
            "tinyforge.db", "tinyforge.db-wal", "tinyforge.db-shm", "tinyforge.db.gitops-locks", "w-1.lock"}
        return (HALF, f"files left behind: {stray}") if stray else None


def close(server):
    if server is not None:
        server.close()


def told(shot, fault, status, output, error, state):
    """What is wrong with what a run said that lived to say it."""
    # What happens before the program's own start, its loader reports in its own way.
    if fault == KILL or (status == 127 and shot.target.thread == 0 and state == "old"):
        return None
    if status not in (0, 2, 3):
        return UNTOLD, f"the exit status is not one of 0, 2 and 3: {output}{error}"
    report = document(output)
    result = report["workloads"][0] if report and report["workloads"] else {}
    said = f"{error}\n{result.get('result_message') or ''}\n{result.get('message') or ''}".replace(WARNING, "")
    if UNCLEAN.search(said):
        return UNTOLD, f"it says: {said}"
    if (status == 0 or result.get("result") == "applied") and state != "new":
        return UNTOLD, f"it claims a success that is not there: {output}"
    if status != 0 and len(said.strip()) < 20:
        return UNTOLD, f"it does not say what failed: {output}{error}"
    if state == "new" and "nothing was" in said:
        return UNTOLD, f"it claims that nothing was changed: {said}"
    return None


def targets(lane, figures):
    """Each injection: the shot, the fault, and whether a server has the database open."""
    work, traced, unreached = [], 0, []
    for is_open in (False, True):
        calls = lane.trace(is_open)
        traced += len(calls)
        shots, missing = aim(calls, calls)
        unreached += missing
        work += [(shot, KILL, is_open) for shot in shots]
        shots, _ = aim(calls, [call for call in calls if call.is_of_files])
        work += [(shot, f"error={error}", is_open) for error in ERRORS for shot in shots]
    figures.add("system calls of two syncs", traced)
    figures.add("of them out of reach: thread starts and the loader's, which strace cannot count apart", len(unreached))
    return work


def sample(work, seed):
    """Some of the injections: every tenth at the database and the locks, every hundredth elsewhere."""
    near = [item for item in work if any("tinyforge.db" in path for path in item[0].target.paths)]
    far = [item for item in work if item not in near]
    return near[seed % 10::10] + far[seed % 100::100]


def run_proof(evidence):
    figures, idle = Figures(), queue.SimpleQueue()
    lanes = [Lane(evidence, number) for number in range(evidence.jobs)]
    for lane in lanes:
        idle.put(lane)
    work = targets(lanes[0], figures)
    if evidence.short:
        work = sample(work, evidence.seed)

    def shoot(item):
        lane = idle.get()
        try:
            return (item[1], *lane.shoot(*item))
        finally:
            idle.put(lane)

    done = evidence.each(shoot, work)
    for fault in (KILL, *(f"error={error}" for error in ERRORS)):
        outcomes = Counter(outcome for name, outcome, _ in done if name == fault and outcome)
        label = fault.partition("=")[2]
        figures.add(f"{label}: runs", outcomes.total())
        for outcome in OUTCOMES[fault == KILL]:
            figures.add(f"{label}: {' '.join(outcome)}", outcomes[outcome])
    figures.add("injections at calls that did not come again", sum(1 for _, outcome, _ in done if outcome is None))
    for promise in (DAMAGED, HALF, LOCKED, UNTOLD):
        figures.never(promise, [problem[1] for *_, problem in done if problem and problem[0] == promise])
    return figures
