"""What every proof uses: the table of its figures, and a pool that keeps the cores busy.

A proof is a module of this folder with `TITLE`, `ABOUT` (what was done and what is promised) and a function
`run_proof(evidence)`, which returns its `Figures`.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = (ROOT / "Tests/TestSupport/Fixtures/tinyforge.sql").read_text()


@dataclass
class Evidence:
    """One run of the proofs: the tools, a folder to work in, how much is asked for."""

    tools: Path
    folder: Path
    short: bool
    seed: int
    jobs: int

    def each(self, work, items):
        """What `work(item)` returns for each item, `jobs` at a time; in the order of the items."""
        with ThreadPoolExecutor(self.jobs) as pool:
            return list(pool.map(work, items))


@dataclass
class Figures:
    """The figures of a proof in their order, and what was found against a promise."""

    rows: list = field(default_factory=list)
    promised: set = field(default_factory=set)
    faults: list = field(default_factory=list)

    def add(self, label, value):
        self.rows.append((label, value if isinstance(value, str) else f"{value:,}"))

    def never(self, label, found):
        """A figure that is promised to be 0; `found` lists what was found instead."""
        self.rows.append((label, str(len(found))))
        self.promised.add(label)
        self.faults += [f"{label}: {what}" for what in found]

    def must(self, condition, what):
        """A promise that has no figure of its own."""
        if not condition:
            self.faults.append(what)
