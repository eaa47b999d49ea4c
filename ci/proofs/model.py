"""Random interleavings of everything that changes a workload, checked against a small model after each step."""

import json
import random
from collections import Counter

from proofs import Figures
from proofs.oracle import SPECS
from proofs.play import NAMES, Mismatch, Play
from proofs.world import Mirror

TITLE = "Random interleavings against a model"
ABOUT = """\
Sequences of 100 random steps on three workloads of three sources, each step by the real tool or a real second writer:
syncs of one workload or all, of all in one transaction, a sync that a person confirms on a terminal after something
else has happened in between, a sync while another holds the lock, saved plans that are applied some steps later,
enable, disable, reverts of the last sync or of any event, edits of declared and undeclared members as the server
makes them, changes of the source, pushes of valid, invalid, broken and absent specs, checkpoints. A small model,
written from the documents and not from the tool's code, says what each step must come to: after each one the exit
status, the result, every column of every row, every byte of each config and each row of the event log are compared
with it. A sequence that fails is shrunk and printed, to be played again with `ci/evidence --replay FILE`."""

LENGTH = 100
# What differed once, shrunk: played first.
REGRESSIONS = [
    # The lines of a spec had moved, its values had not: what was confirmed is what is applied.
    [["push", 1], ["between", "w-dock", "yes", ["push", 0]]]]
# What a step may be, and its share of the steps.
KINDS = {"edit": 30, "sync": 20, "push": 12, "all": 5, "atomic": 4, "between": 7, "held": 3, "plan": 7, "carry": 7, "enable": 8,
         "disable": 4, "revert": 9, "source": 3, "checkpoint": 2}
WORDS = {"edit": "edits by the server", "sync": "syncs of one workload", "push": "pushes of a spec", "all": "syncs of all",
         "atomic": "syncs of all in one transaction",
         "between": "syncs confirmed on a terminal, another step in between", "held": "syncs while the lock is held",
         "plan": "saved plans", "carry": "saved plans applied, some time later",
         "enable": "opt-ins", "disable": "opt-outs", "revert": "reverts", "source": "changes of the source",
         "checkpoint": "checkpoints"}
EDITS = [("port", raw) for raw in ("3000", "8080", "8081", "0", "70000", None)]
EDITS += [("healthcheck", raw) for raw in ('"/"', '"/healthz"', '""', '"nope"', None)]
EDITS += [("deploy_strategy", raw) for raw in ('"blue-green"', '"recreate"', '""', None)]
EDITS += [("edits", "1"), ("edits", "2.50"), ("edits", "12345678901234567890"), ("note", '"\\u00e9 \\/ }"'), ("note", None)]
PATHS = (None, None, ".tinyforge.yml", "deploy/.tinyforge.yml", "nowhere.yml", "../up.yml", "/abs.yml", "a//b.yml",
         ".git/config", "a%2Fb.yml")


def draw(generator):
    """One random step, as a list that JSON can hold."""
    name = generator.choices(NAMES, (6, 3, 1))[0]
    kind = generator.choices(list(KINDS), KINDS.values())[0]
    if kind == "edit":
        return [kind, name, *generator.choice(EDITS)]
    if kind == "push":
        return [kind, generator.choices(range(len(SPECS)), [3 if declared else 1 for _, declared in SPECS])[0]]
    if kind == "enable":
        return [kind, name, generator.choice(PATHS)]
    if kind == "revert":
        share = [round(generator.random(), 3)] if generator.random() < 0.4 else []
        return [kind, name, generator.random() < 0.3, *share]
    if kind == "source":
        return [kind, name, generator.choice(("dockerfile", "static", "image"))]
    if kind == "between":
        inner = draw(generator)
        while inner[0] in ("between", "held"):
            inner = draw(generator)
        return [kind, name, generator.choice(("yes", "yes", "yes", "no", "")), inner]
    return [kind] if kind in ("all", "atomic", "checkpoint") else [kind, name]


class Player:
    """Plays sequences in a folder of its own, one after the other."""

    def __init__(self, evidence, number):
        self.evidence, self.folder = evidence, evidence.folder / f"model-{number}"
        self.mirror = Mirror(self.folder / "mirrors", [text for text, _ in SPECS])
        self.counts = Counter()

    def fault(self, steps):
        """What differs in a sequence, None where nothing does."""
        play = Play(self.evidence.tools, self.folder, self.mirror)
        try:
            play.play(steps)
        except Mismatch as mismatch:
            return str(mismatch)
        finally:
            self.counts += play.counts
        return None

    def shrink(self, steps):
        """A shorter sequence that differs too: steps are left out as long as something still does."""
        size, tries = len(steps) // 2, 0
        while size and tries < 100:
            for start in range(0, len(steps), size):
                shorter = steps[:start] + steps[start + size:]
                tries += 1
                if shorter and self.fault(shorter):
                    steps = shorter
                    break
            else:
                size //= 2
        return steps


def sequence(seed, number):
    generator = random.Random(f"{seed}-{number}")
    return [draw(generator) for _ in range(LENGTH)]


def replay(evidence, steps):
    """Plays one printed sequence; returns what differs."""
    return Player(evidence, 0).fault(steps)


def run_proof(evidence):
    figures = Figures()
    total = 10 if evidence.short else 100
    players = [Player(evidence, number) for number in range(evidence.jobs)]

    sequences = REGRESSIONS + [sequence(evidence.seed, number) for number in range(total)]

    def play(lane):
        faults = []
        for steps in sequences[lane::evidence.jobs]:
            if players[lane].fault(steps):
                steps = players[lane].shrink(steps)
                faults.append(f"{players[lane].fault(steps)}\n  replay: {json.dumps(steps)}")
                break
        return faults

    faults = [fault for found in evidence.each(play, range(evidence.jobs)) for fault in found]
    counts = sum((player.counts for player in players), Counter())
    figures.add("seed", str(evidence.seed))
    figures.add("steps", sum(map(len, sequences)))
    for kind in KINDS:
        figures.add(f"of them {WORDS[kind]}", counts[kind])
    figures.never("steps that differ from the model", faults)
    return figures
