"""Twenty appliers and two foreign writers on fifty workloads, while the spec moves."""

import json
import random
import threading
import time
from collections import Counter

from proofs import Figures
from proofs.world import Mirror, apply_command, config, connect, document, make_database, run

TITLE = "Twenty appliers beside a server that writes"
ABOUT = """\
Twenty appliers sync one workload or all of them, over and over, while two foreign writers edit the same fifty rows as a
server does: one statement at a time without a transaction of its own, a busy timeout, a checkpoint now and then. They
change declared members, which the next sync must put right, and count up an undeclared one, of which no edit may be
lost. The spec moves all the time. A trigger counts each change that a sync makes; the event log must have exactly as
many rows, and the appliers must have reported exactly as many. An apply's wait is what one of one workload took, from
its start to its end: the lock, the database and the cores, of which there are far fewer than appliers, included; a
foreign writer's is that of one statement."""

APPLIERS, WRITERS, WORKLOADS, SPECS = 20, 2, 50, 200
CONFIG = config('"port":3000,"healthcheck":"/"', '"edits":0,')
TRIGGER = """
CREATE TABLE synced (workload TEXT, config TEXT);
CREATE TRIGGER count_syncs AFTER UPDATE OF gitops_commit_sha ON workloads
  WHEN old.source_config <> new.source_config
  BEGIN INSERT INTO synced VALUES (new.id, new.source_config); END;
"""


def spec(number):
    return f"version: 1\ndeploy:\n  port: {8000 + number}\n  healthcheck: /health/{number}\n"


class File:
    """The database in a SQLite file."""

    def __init__(self, folder, names):
        self.address = folder / "tinyforge.db"
        make_database(self.address, [(name, "dockerfile", CONFIG, 1) for name in names])
        connection = connect(self.address)
        connection.executescript(TRIGGER)
        connection.close()

    def writer(self, number):
        """A foreign writer with a connection that stays open."""
        return FileWriter(self.address, number)

    def select(self, query):
        """The rows that a query finds when all is done."""
        connection = connect(self.address)
        found = connection.execute(query).fetchall()
        connection.close()
        return found

    def is_sound(self):
        return self.select("PRAGMA integrity_check") == [("ok",)]


class FileWriter:
    """Edits as the server's: single statements, a checkpoint now and then."""

    def __init__(self, path, number):
        self.connection, self.has_checkpoints = connect(path), not number
        # One connection checkpoints, as in a real server, which has but one.
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {0 if number else 1000}")

    def checkpoint(self, generator):
        """Whether one was made."""
        if self.has_checkpoints:
            self.connection.execute(f"PRAGMA wal_checkpoint({generator.choice(('PASSIVE', 'RESTART', 'TRUNCATE'))})")
        return self.has_checkpoints

    def set_port(self, name, port):
        self.edit(name, "'$.port', ?", port)

    def count_up(self, name):
        self.edit(name, "'$.edits', json_extract(source_config, '$.edits') + ?", 1)

    def edit(self, name, change, value):
        self.connection.execute(
            f"UPDATE workloads SET source_config = json_set(source_config, {change}) WHERE id = ?", (value, name))

    def close(self):
        self.connection.close()


class Crowd:
    """Everybody at work until the deadline."""

    def __init__(self, evidence, seconds, engine):
        self.tools, self.folder = evidence.tools, evidence.folder
        self.mirror = Mirror(self.folder / "mirrors", [spec(number) for number in range(SPECS)])
        self.names = [f"w-{number:02}" for number in range(WORKLOADS)]
        self.database = engine(self.folder, self.names)
        self.seed, self.deadline = evidence.seed, time.monotonic() + seconds
        self.counts, self.edits, self.faults = Counter(), Counter(), []
        self.longest, self.longest_edit, self.lock = 0.0, 0.0, threading.Lock()

    def work(self):
        people = [threading.Thread(target=self.apply, args=(number,)) for number in range(APPLIERS)]
        people += [threading.Thread(target=self.write, args=(number,)) for number in range(WRITERS)]
        people.append(threading.Thread(target=self.push))
        for person in people:
            person.start()
        for person in people:
            person.join()
        self.sync("--all", "--keep-going")

    def apply(self, number):
        generator = random.Random(f"{self.seed}-applier-{number}")
        while time.monotonic() < self.deadline:
            if generator.random() < 0.1:
                self.sync("--all", "--keep-going")
                continue
            start = time.monotonic()
            self.sync("--workload", generator.choice(self.names))
            with self.lock:
                self.longest = max(self.longest, time.monotonic() - start)

    def sync(self, *options):
        command = apply_command(self.tools, self.database.address, self.folder / "mirrors", *options, "--yes",
                                "--lock-timeout", "60s", "--format", "json")
        status, output, error = run(command)
        told = document(output)
        with self.lock:
            self.counts["runs"] += 1
            self.counts["lock waits"] += error.count("waiting for the lock")
            self.counts["retries"] += error.count("reading it again")
            self.counts["busy"] += status == 3
            if status not in (0, 3) or told is None:
                self.faults.append(f"apply {options} ended with {status}: {error} {output[-2000:]}")
                return
            self.counts.update(workload["result"] for workload in told["workloads"])

    def write(self, number):
        writer = self.database.writer(number)
        generator = random.Random(f"{self.seed}-writer-{number}")
        while time.monotonic() < self.deadline:
            name, kind = generator.choice(self.names), generator.random()
            if kind < 0.02 and writer.checkpoint(generator):
                self.count("checkpoints")
            elif kind < 0.3:
                self.edit(writer.set_port, name, generator.randint(3000, 3999))
                self.count("edits of declared members")
            else:
                self.edit(writer.count_up, name)
                self.count("edits of undeclared members")
                with self.lock:
                    self.edits[name] += 1
            time.sleep(generator.random() * 0.01)
        writer.close()

    def edit(self, change, *arguments):
        start = time.monotonic()
        change(*arguments)
        with self.lock:
            self.longest_edit = max(self.longest_edit, time.monotonic() - start)

    def push(self):
        generator = random.Random(f"{self.seed}-pushes")
        while time.monotonic() < self.deadline:
            self.mirror.push(generator.randrange(SPECS))
            self.count("pushes")
            time.sleep(0.2)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1


def lost_edits(rows, edits):
    """The edits of an undeclared member that are not there any more, or twice."""
    return [f"{name}: {json.loads(text)['edits']} of {edits[name]} edits" for name, text, *_ in rows
            if json.loads(text)["edits"] != edits[name]]


def partial_configs(rows, synced):
    """Configs, at the end or at any sync, that are no whole."""
    wanted = set(json.loads(CONFIG)) | {"port", "healthcheck"}
    faults = []
    for name, text in [row[:2] for row in rows] + synced:
        found = json.loads(text)
        if set(found) != wanted or (found["healthcheck"] != f"/health/{found['port'] - 8000}"):
            faults.append(f"{name}: {text}")
    return faults


def run_proof(evidence):
    seconds = 10 if evidence.short else 60
    crowd = Crowd(evidence, seconds, File)
    crowd.work()
    return crowd_figures(crowd, seconds, ("checkpoints",))


def crowd_figures(crowd, seconds, more_counts=()):
    """What a crowd did, held against what is promised."""
    figures = Figures()
    figures.must(crowd.database.is_sound(), "the database is damaged")
    rows = crowd.database.select("SELECT id, source_config, gitops_commit_sha FROM workloads")
    synced = crowd.database.select("SELECT workload, config FROM synced")
    audits = len(crowd.database.select("SELECT id FROM event_log WHERE source = 'gitops'"))
    commits = {commit for *_, commit in rows}
    counts = crowd.counts
    figures.must(len(commits) == 1, f"the last sync left {len(commits)} commits behind")
    figures.add("seconds", seconds)
    for label in ("runs", "edits of undeclared members", "edits of declared members", *more_counts, "pushes"):
        figures.add({"runs": "runs of apply"}.get(label, label), counts[label])
    figures.add("changes by syncs", len(synced))
    figures.add("changes that apply reported", counts["applied"])
    figures.add("audit rows", audits)
    figures.must(len(synced) == audits == counts["applied"], "changes, reports and audit rows differ in number")
    figures.add("syncs with nothing to change", counts["unchanged"])
    figures.add("waits for a lock", counts["lock waits"])
    figures.add("retries because the row had moved", counts["retries"])
    figures.add("runs of apply told to try again, the database being busy for ten seconds", counts["busy"])
    figures.add("longest wait of an apply", f"{crowd.longest:.1f} s")
    figures.add("longest wait of a foreign writer", f"{crowd.longest_edit:.1f} s")
    figures.never("lost edits", lost_edits(rows, crowd.edits))
    figures.never("partial configs", partial_configs(rows, synced))
    figures.never("runs of apply that failed", crowd.faults)
    return figures
