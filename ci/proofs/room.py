"""How long a server's writes wait while an apply of many runs."""

import subprocess
import threading
import time

from proofs import Figures
from proofs.world import ENVIRONMENT, Mirror, apply_command, config, connect, integrity, make_database

TITLE = "A server's writes during an apply of many"
ABOUT = """\
One apply changes all workloads while another program, which has the database open, edits a row every 20 ms: one
statement at a time, with a busy timeout, as a server does. Its wait is what a statement took. The same edits without an
apply show what the disk and the machine themselves take. Where nobody else has the database open, apply does not pause."""

WORKLOADS, SAMPLE, EDITS_ALONE, PAUSE = 10_000, 500, 200, 0.02
SPEC = "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n"


class Server:
    """A connection that stays open, with the waits of its edits."""

    def __init__(self, database, count):
        self.connection, self.count, self.edits = connect(database), count, 0

    def edit_until(self, is_over):
        waits = []
        while not is_over():
            start = time.monotonic()
            self.connection.execute("UPDATE workloads SET name = name || '.' WHERE id = ?",
                                    (f"w-{self.edits * 37 % self.count:05}",))
            waits.append(time.monotonic() - start)
            self.edits += 1
            time.sleep(PAUSE)
        return sorted(waits)


def run_proof(evidence):
    count = SAMPLE if evidence.short else WORKLOADS
    database = evidence.folder / "tinyforge.db"
    Mirror(evidence.folder / "mirrors", [SPEC])
    make_database(database, [(f"w-{number:05}", "dockerfile", config('"port":3000'), 1) for number in range(count)])
    server = Server(database, count)
    alone = server.edit_until(lambda: server.edits == EDITS_ALONE)
    command = apply_command(evidence.tools, database, evidence.folder / "mirrors", "--all", "--yes", "--quiet")
    start = time.monotonic()
    with subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True) as apply:
        errors = threading.Thread(target=lambda: setattr(server, "said", apply.stderr.read()))
        errors.start()
        beside = server.edit_until(lambda: apply.poll() is not None)
        errors.join()
    return figures(count, time.monotonic() - start, alone, beside, apply.returncode, server)


def figures(count, seconds, alone, beside, status, server):
    found = Figures()
    found.must(status == 0, f"apply ended with {status}: {server.said}")
    found.must(integrity(server.connection) == "ok", "integrity_check failed")
    synced, edits = server.connection.execute(
        "SELECT (SELECT count(*) FROM event_log WHERE source = 'gitops'), sum(length(name) - 7) FROM workloads").fetchone()
    found.add("workloads that apply changed", synced)
    found.must(synced == count, f"{synced} of {count} workloads are synced")
    found.add("seconds that it took", f"{seconds:.0f}")
    found.add("edits beside it", len(beside))
    for label, waits in (("alone", alone), ("beside apply", beside)):
        found.add(f"wait of an edit {label}: median", milliseconds(waits, 0.5))
        found.add(f"wait of an edit {label}: 90th percentile", milliseconds(waits, 0.9))
        found.add(f"wait of an edit {label}: longest", milliseconds(waits, 1))
    found.never("lost edits", ["some"] * (server.edits - edits))
    return found


def milliseconds(waits, part):
    return f"{waits[min(int(len(waits) * part), len(waits) - 1)] * 1000:.1f} ms"
