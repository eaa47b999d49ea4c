"""The system calls of a traced run, and how strace's injection reaches each of them."""

import re
from collections import Counter
from dataclasses import dataclass
from os.path import realpath

# What touches files, locks or the database. Memory, threads and clocks know none of the errors injected here.
FILE_CALLS = frozenset(
    "access chdir close connect fallocate fchmod fchown fcntl fdatasync flock fstatfs fsync ftruncate getcwd getdents64"
    " ioctl lseek mkdir newfstatat openat pread64 pwrite64 read readlink rename socket statfs unlink write".split())
CALL = re.compile(r"(\d+) +(\w+)\((.*)")
PATH = re.compile(r'[<"](/[^">]*)[">]')
WORKING_FOLDER = re.compile(r"AT_FDCWD<[^>]*>")


@dataclass(frozen=True)
class Call:
    """One call of a run: in which thread (0 is the first), which of it, its name, and the paths that it names."""

    thread: int
    number: int
    name: str
    paths: frozenset
    text: str

    @property
    def is_of_files(self):
        return self.name in FILE_CALLS or (self.name == "mmap" and bool(self.paths))


@dataclass(frozen=True)
class Shot:
    """Where strace injects: at the `nth` call of a thread called `name` that touches `path` (None: any or none)."""

    target: Call
    name: str
    path: str | None
    nth: int

    def options(self, fault, folder):
        where = [] if self.path is None else ["-P", self.path.replace("{world}", str(folder))]
        return [*where, "-e", f"trace={self.name}", "-e", f"inject={self.name}:{fault}:when={self.nth}"]


def read_trace(text, folder):
    """The calls of a trace that `strace -f -y` wrote, in their order; `folder` reads as {world}."""
    threads, numbers, calls = {}, Counter(), []
    for line in text.splitlines():
        if not (match := CALL.match(line)):
            continue
        thread = threads.setdefault(match[1], len(threads))
        numbers[thread] += 1
        shown = match[3].replace(str(folder), "{world}")
        # Not the working folder that a relative path starts at, nor the file that a call has opened.
        asked = WORKING_FOLDER.sub("", match[3])
        paths = PATH.findall(asked.rpartition(" = ")[0] or asked)
        paths = frozenset(path.replace(str(folder), "{world}") for path in paths)
        calls.append(Call(thread, numbers[thread], match[2], paths, f"{match[2]}({shown}"))
    return calls


def aim(calls, wanted):
    """A shot for each of the wanted calls that can be reached, and the calls that cannot.

    strace counts each name in each thread by itself, and a run ends at the first hit: a call is out of reach where
    another thread comes to the same count before, among all calls of that name and among those with the same path.
    """
    ways = [(name, None) for name in sorted({call.name for call in wanted})]
    ways += sorted({(call.name, path) for call in wanted for path in call.paths})
    shots, missing = {}, dict.fromkeys(wanted)
    for name, path in ways:
        # strace takes a link's name for its target's too.
        same = path and {path, realpath(path)}
        counts, reached = Counter(), set()
        for call in calls:
            if call.name != name or (same and not same & call.paths):
                continue
            counts[call.thread] += 1
            nth = counts[call.thread]
            if nth not in reached and call in missing:
                shots[call] = Shot(call, name, path, nth)
                del missing[call]
            reached.add(nth)
    return list(shots.values()), list(missing)
