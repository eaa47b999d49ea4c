"""A small Tinyforge to prove things on: specs in a bare mirror, a database, and apply as a process."""

import json
import os
import sqlite3
import subprocess

from proofs import SCHEMA

# No settings of the user who runs the proofs, and no terminal.
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
LEAVES = ("port", "healthcheck", "deploy_strategy")
PATHS = (".tinyforge.yml", "deploy/.tinyforge.yml")


class Mirror:
    """A bare mirror in which every spec of a list has a commit already: a push only moves the branch."""

    def __init__(self, mirrors, specs):
        self.repository = mirrors / "acme/shop.git"
        self.repository.mkdir(parents=True)
        self.git("init", "-q", "--bare", "-b", "main")
        stream = "".join(self.commit(number, text) for number, text in enumerate(specs, 1))
        self.git("fast-import", "--quiet", input=stream)
        listed = self.git("for-each-ref", "--sort=refname", "--format=%(objectname)", "refs/specs")
        self.commits = listed.split()
        self.push(0)

    @staticmethod
    def commit(number, text):
        """A commit without parents in fast-import's language; the spec is at both paths, None at neither."""
        files = "" if text is None else "".join(
            f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n" for path in PATHS)
        return (f"commit refs/specs/{number:06}\ncommitter B <b@example.org> {1_700_000_000 + number} +0000\n"
                f"data 4\nspec\nM 100644 inline README\ndata 5\nshop\n\n{files}\n")

    def git(self, *arguments, input=None):
        return subprocess.run(["git", "-C", self.repository, *arguments], check=True, text=True, input=input,
                              stdout=subprocess.PIPE, env={**ENVIRONMENT, "GIT_CONFIG_NOSYSTEM": "1"}).stdout

    def push(self, index):
        """Moves main to the commit of a spec, as git does: by a rename."""
        lock = self.repository / "refs/heads/main.lock"
        lock.write_text(self.commits[index] + "\n")
        lock.rename(self.repository / "refs/heads/main")


def config(leaves, undeclared=""):
    """A live config: coordinates, members that no spec declares, and the text of the leaves."""
    return ('{"provider":"gitea", "base_url":"https://git.example.org","repo_owner":"acme","repo_name":"shop",'
            '"branch":"main","memory" : 12345678901234567890,"caf\\u00e9":"\\/",' + undeclared + leaves + "}")


def make_database(path, workloads):
    """A database in WAL mode; `workloads` are (id, source, config, enabled)."""
    with connect(path) as connection:
        connection.executescript(SCHEMA)
        connection.executemany(
            "INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled, updated_at)"
            " VALUES (?1, 'app', ?1, ?1, ?2, ?3, ?4, '2026-01-02 03:04:05')", workloads)
        connection.execute("INSERT INTO workload_env VALUES (?, 'SECRET', 'untouched')", (workloads[0][0],))
        connection.execute("INSERT INTO deploy_history (id, workload_id) VALUES ('d-1', ?)", (workloads[0][0],))
        connection.execute("INSERT INTO event_log (source, severity, message) VALUES ('deploy', 'info', 'An older row.')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def connect(path, timeout=30):
    """A connection as the server has one: autocommit, a busy timeout, foreign keys."""
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def dump(connection):
    """Every row of every table that Tinyforge has, by table."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    return {name: connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY 1').fetchall() for name in tables}


def integrity(connection):
    return connection.execute("PRAGMA integrity_check").fetchone()[0]


def apply_command(tools, database, mirrors, *arguments):
    return [str(tools / "apply"), *arguments, "--db", str(database), "--mirrors", str(mirrors)]


def run(command, **how):
    """The exit status (negative for a signal), standard output and standard error of a command."""
    done = subprocess.run(command, text=True, capture_output=True, stdin=subprocess.DEVNULL, env=ENVIRONMENT, **how)
    return done.returncode, done.stdout, done.stderr


def document(output):
    """The JSON report of a run, or None where it printed none, or failed before it could report."""
    try:
        report = json.loads(output)
    except ValueError:
        return None
    return None if report.get("schema") == "tinyforge.error/v1" else report
