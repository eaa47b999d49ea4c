"""What every benchmark uses: runs measured one by one, tool and peer in turn, and the table of figures.

A benchmark is a module of this folder with a function `run(bench)`, and perhaps `options(parser)` for options
of its own. Tool and peer take turns, so that a slow moment of the machine meets both.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n  deploy_strategy: blue-green\n"
# git without the settings of the user who measures.
GIT_ENVIRONMENT = {
    **os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@example.org",
    "GIT_COMMITTER_NAME": "b", "GIT_COMMITTER_EMAIL": "b@example.org"}


def git(*arguments):
    """Runs git without the settings of the user who measures."""
    subprocess.run(["git", *arguments], check=True, env=GIT_ENVIRONMENT)


def once(command, stdin=None, env=None, cwd=None, statuses=(0, 1)):
    """Runs a command; returns its wall time in seconds and its peak memory in MiB."""
    with open(stdin or os.devnull, "rb") as source, open(os.devnull, "wb") as sink:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=source, stdout=sink, stderr=sink, env=env, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        sys.exit(f"bench: {command[0]} ended with {process.returncode}")
    return wall, usage.ru_maxrss / 1024


class Bench:
    """One run of benchmarks: where the tools are, a folder to work in, and the table of figures."""

    def __init__(self, tools, folder, options):
        self.tools = tools
        self.folder = folder
        self.options = options
        self.failed = False

    def compile(self, source, *packages):
        """Compiles a C peer of Tests/Peers with the packages that pkg-config knows; returns its path."""
        program = self.folder / Path(source).stem
        flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", *packages], text=True).split()
        subprocess.run(["cc", "-O2", "-o", program, ROOT / "Tests/Peers" / source, *flags], check=True)
        return program

    def ratio(self, name, tool, peer, at_most, rounds=None):
        """Adds how many times the tool takes what the peer takes; returns the tool's peak in MiB.

        Tool and peer are each a command, or a pair of a command and what else `once` takes.
        """
        tool_time, peer_time, peak = self.take_turns(tool, peer, rounds)
        self.add(name, times(tool_time, peer_time), tool_time / peer_time, at_most)
        return peak

    def speedup(self, name, tool, peer, at_least, rounds=None):
        """Adds how many times as fast as the peer the tool is; as `ratio` else."""
        tool_time, peer_time, peak = self.take_turns(tool, peer, rounds)
        self.add(name, times(tool_time, peer_time), peer_time / tool_time, at_least, is_floor=True)
        return peak

    def take_turns(self, tool, peer, rounds=None):
        """The medians of both in seconds, and the tool's largest peak of memory in MiB."""
        tool, peer = (side if isinstance(side, tuple) else (side, {}) for side in (tool, peer))
        for command, how in (tool, peer):
            once(command, **how)
        tool_times, peer_times, peaks = [], [], []
        for _ in range(rounds or self.options.rounds):
            wall, peak = once(tool[0], **tool[1])
            tool_times.append(wall)
            peaks.append(peak)
            peer_times.append(once(peer[0], **peer[1])[0])
        return statistics.median(tool_times), statistics.median(peer_times), max(peaks)

    def show(self, name, detail, value):
        """Adds a figure that has no bound to the table: one that machines differ in too much."""
        print(f"{name:46} {detail:36} {value:8.2f}", flush=True)

    def add(self, name, detail, value, bound, is_floor=False):
        """Adds a figure to the table, which may be at most its bound, or at least where that is a floor."""
        missed = value < bound if is_floor else value > bound
        self.failed |= missed
        print(f"{name:46} {detail:36} {value:8.2f}  {'at least' if is_floor else 'at most'} {bound:g}"
              f"{'  MISSED' if missed else ''}", flush=True)


def times(tool, peer):
    """Two times as the table shows them."""
    return f"{tool * 1000:9.2f} ms  peer {peer * 1000:9.2f} ms"
