"""Power that fails at any moment of a series of syncs, edits and checkpoints."""

import json
import random
import struct
import subprocess
from collections import Counter

from proofs import Figures
from proofs.disk import STRACE, crash, read_operations
from proofs.world import ENVIRONMENT, Mirror, apply_command, config, connect, dump, integrity, make_database

TITLE = "Power loss at any moment"
ABOUT = """\
A series of syncs of one workload and of all, edits by a second program and checkpoints is traced, with all that each of
them writes and all that it asks the disk to sync. From the trace follows what a loss of power may leave behind at any
moment: everything that was synced, and of the rest each write whole, in part (by sectors of 512 bytes, the others old
or rubbish) or not at all, in any order. In addition the write-ahead log is cut at each frame and within frames, a frame
is left out, frames change places, and rubbish stands at its end. Each such disk is opened by SQLite: its integrity
check must pass, and every row of every table must be as it was after one of the commits, and never older than the last
one that a command had reported.
Configs, GitOps columns and audit rows are so seen together or not at all."""

SPECS = [f"version: 1\ndeploy:\n  port: {8000 + number}\n  healthcheck: /health/{number}\n" for number in range(4)]
CONFIG = config('"port":3000,"healthcheck":"/"', '"edits":0,')
EDIT = "UPDATE workloads SET source_config = json_set(source_config, '$.edits', %d) WHERE id = '%s'"
# The steps in their order; what is checkpointed stays as it is, and the log starts anew after it.
SERIES = [
    ("sync", "w-1", 0), ("sync", "w-2", 0), ("edit", "w-1", 1), ("sync", "w-1", 1), ("edit", "w-2", 2), ("sync", "w-2", 2),
    ("sync all", 3), ("edit", "w-2", 4), ("checkpoint", "PASSIVE"), ("sync", "w-1", 0), ("edit", "w-1", 3),
    ("sync", "w-2", 0), ("checkpoint", "TRUNCATE"), ("sync all", 1), ("sync", "w-2", 2)]


class Recording:
    """The series as it happened: operations on the disk, and the state of all tables after each commit."""

    def __init__(self, evidence):
        self.folder = evidence.folder / "power"
        mirror = Mirror(self.folder / "mirrors", SPECS)
        self.database = self.folder / "tinyforge.db"
        make_database(self.database, [("w-1", "dockerfile", CONFIG, 1), ("w-2", "dockerfile", CONFIG, 1)])
        self.paths = {str(self.database.resolve()), str(self.database.resolve()) + "-wal"}
        self.start = {path: b"" for path in self.paths}
        self.start[str(self.database.resolve())] = self.database.read_bytes()
        # An open reader, as the server is one: nobody is the last to close.
        self.keeper = connect(self.database)
        self.states, self.operations, self.first_log = [self.state()], [], None
        # After each step, how many operations there were, and which state is the last.
        self.ends = [(0, 0)]
        for step in SERIES:
            if step[0] == "checkpoint" and self.first_log is None:
                self.first_log = self.database.with_name("tinyforge.db-wal").read_bytes()
            self.record(evidence, mirror, step)
        self.keeper.close()

    def state(self):
        return json.dumps(dump(self.keeper), default=str)

    def record(self, evidence, mirror, step):
        if step[0].startswith("sync"):
            mirror.push(step[-1])
            which = ["--workload", step[1]] if step[0] == "sync" else ["--all"]
            command = apply_command(evidence.tools, self.database, self.folder / "mirrors", *which, "--yes")
        else:
            sql = EDIT % (step[2], step[1]) if step[0] == "edit" else f"PRAGMA wal_checkpoint({step[1]})"
            command = ["sqlite3", str(self.database), "PRAGMA synchronous = FULL;" + sql]
        log = self.folder / "trace"
        subprocess.run([*STRACE, "-o", log, *command], check=True, env=ENVIRONMENT, capture_output=True)
        self.operations += read_operations(log.read_text(), self.paths)
        state = self.state()
        if step[0] == "sync all":
            self.states.append(half_way(self.states[-1], state))
        self.states.append(state)
        self.ends.append((len(self.operations), len(self.states) - 1))

    def moments(self):
        """Each number of operations that may be done, with the states that may be seen then."""
        for done in range(len(self.operations) + 1):
            step = max(number for number, (end, _) in enumerate(self.ends) if end <= done)
            reported, last = self.ends[step][1], self.ends[min(step + 1, len(SERIES))][1]
            yield done, self.states[reported:last + 1]


def half_way(before, after):
    """The state between the two commits of a sync of all: the first workload and its audit are new, no others."""
    old, state = json.loads(before), json.loads(after)
    state["workloads"][1:] = old["workloads"][1:]
    state["event_log"].pop()
    for row in state["sqlite_sequence"]:
        row[2] -= row[1] == "event_log"
    return json.dumps(state)


class Disks:
    """Opens what a crash left, in a folder of its own, and judges it."""

    def __init__(self, folder, main):
        self.folder, self.main = folder, main
        folder.mkdir(parents=True)

    def fault(self, contents, allowed):
        """None where the disk holds one of the allowed states; else which promise it breaks, and how."""
        for path in self.folder.iterdir():
            path.unlink()
        for path, content in contents.items():
            (self.folder / path.rpartition("/")[2]).write_bytes(content)
        connection = connect(self.folder / self.main)
        try:
            if (verdict := integrity(connection)) != "ok":
                return "damaged", verdict
            found = json.dumps(dump(connection), default=str)
        except Exception as error:
            return "damaged", str(error)
        finally:
            connection.close()
        if found in allowed:
            return None
        return "other state", found


def log_tails(log, random):
    """Damaged forms of a write-ahead log, each with the number of commits that must be seen in it."""
    page = struct.unpack(">I", log[8:12])[0]
    frame = 24 + page
    frames = [log[start:start + frame] for start in range(32, len(log) - frame + 1, frame)]
    # sqlite.org: the second word of a frame's header is the size of the database for a commit, 0 for others.
    commits = [number for number, text in enumerate(frames, 1) if struct.unpack(">I", text[4:8])[0]]

    def seen(intact):
        return sum(1 for commit in commits if commit <= intact)

    for size in range(0, len(log) + 1, 4):
        if size < 40 or (size - 32) % frame in (0, 4, 8, 24, 28, frame // 2, frame - 4):
            yield "cut", log[:size], seen((size - 32) // frame if size >= 32 else 0)
            yield "rubbish behind a cut", log[:size] + random.randbytes(2 * frame), seen(max(0, size - 32) // frame)
    for number in range(len(frames)):
        yield "a frame left out", log[:32] + b"".join(frames[:number] + frames[number + 1:]), seen(number)
        damaged = bytearray(frames[number])
        damaged[random.randrange(24, frame)] ^= 1 << random.randrange(8)
        yield "a bit changed", log[:32] + b"".join(frames[:number] + [bytes(damaged)] + frames[number + 1:]), seen(number)
    for number in range(len(frames) - 1):
        swapped = frames[:number] + [frames[number + 1], frames[number]] + frames[number + 2:]
        yield "frames in another order", log[:32] + b"".join(swapped), seen(number)


def run_proof(evidence):
    figures = Figures()
    recording = Recording(evidence)
    figures.must(syncs_before_reports(recording), "a sync was reported before its log was synced to disk")
    tries = 2 if evidence.short else 40
    main = recording.database.name
    lanes = [Disks(evidence.folder / f"disk-{number}", main) for number in range(evidence.jobs)]

    def moments(lane):
        generator, found, count = random.Random(f"{evidence.seed}-power-{lane}"), [], 0
        for done, allowed in list(recording.moments())[lane::evidence.jobs]:
            for _ in range(tries):
                contents = crash(recording.start, recording.operations[:done], generator)
                fault = lanes[lane].fault(contents, allowed)
                count += 1
                if fault:
                    found.append(f"after {done} operations: {fault[0]}: {fault[1][:300]}")
        return count, found

    done = evidence.each(moments, range(evidence.jobs))
    figures.add("steps of the series", len(SERIES))
    figures.add("writes, truncations and syncs of the disk", len(recording.operations))
    figures.add("disks after a loss of power", sum(count for count, _ in done))
    counts, faults = tails(recording, lanes[0], random.Random(f"{evidence.seed}-tails"), 0.2 if evidence.short else 1)
    # In an order that does not depend on which a sample meets first.
    for label, count in sorted(counts.items()):
        figures.add(f"logs with {label}" if label != "cut" else "logs that are cut", count)
    figures.never("damaged, half or lost", [fault for _, found in done for fault in found] + faults)
    return figures


def tails(recording, disks, generator, share):
    """The damaged forms of the log before the first checkpoint: how many of each, and what was wrong."""
    counts, faults = Counter(), []
    main = next(path for path in recording.paths if not path.endswith("-wal"))
    for label, log, commits in log_tails(recording.first_log, generator):
        if generator.random() > share:
            continue
        counts[label] += 1
        contents = {main: recording.start[main], main + "-wal": log}
        if fault := disks.fault(contents, [recording.states[commits]]):
            faults.append(f"{label}, {commits} commits: {fault[0]}: {fault[1][:300]}")
    return counts, faults


def syncs_before_reports(recording):
    """Whether each step left nothing unsynced in the log, by its own operations."""
    for (begin, _), (end, _), step in zip(recording.ends, recording.ends[1:], SERIES):
        of_log = [operation for operation in recording.operations[begin:end] if operation.path.endswith("-wal")]
        if step[0].startswith("sync") and (not of_log or of_log[-1].kind != "sync"):
            return False
    return True
