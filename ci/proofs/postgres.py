"""Twenty appliers and two foreign writers on fifty workloads of a PostgreSQL database, while the spec moves."""

import subprocess

from postgres_server import PORT, Server, programs
from proofs import ROOT
from proofs.crowd import CONFIG, Crowd, crowd_figures

TITLE = "Twenty appliers beside programs that write, in PostgreSQL"
ABOUT = """\
The same crowd on a database of PostgreSQL: twenty appliers sync one workload or all of them while two foreign writers edit
the same fifty rows, one statement at a time, and the spec moves all the time. A trigger counts each change that a sync
makes; the event log must have exactly as many rows, and the appliers must have reported exactly as many."""

SCHEMA = (ROOT / "Tests/TestSupport/Fixtures/tinyforge-postgres.sql").read_text()
TRIGGER = """
CREATE TABLE synced (workload text, config text);
CREATE FUNCTION count_sync() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO synced VALUES (NEW.id, NEW.source_config); RETURN NULL; END $$;
CREATE TRIGGER count_syncs AFTER UPDATE OF gitops_commit_sha ON workloads FOR EACH ROW
  WHEN (OLD.source_config <> NEW.source_config) EXECUTE FUNCTION count_sync();
"""
SEPARATOR = "\x1f"


class Database:
    """The database on a server of its own."""

    def __init__(self, folder, names):
        self.server = Server(folder)
        self.address = f"postgres://postgres@/postgres?host={self.server.folder}&port={PORT}"
        rows = ", ".join(f"('{name}', 'app', '{name}', '{name}', 'dockerfile', $c${CONFIG}$c$, true)" for name in names)
        self.run(f"{SCHEMA}; {TRIGGER}; INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)"
                 f" VALUES {rows};")

    def run(self, statements):
        return self.server.psql("postgres", statements)

    def writer(self, _):
        """A foreign writer with a session that stays open."""
        return Writer(self.server)

    def select(self, query):
        """The rows that a query finds when all is done."""
        lines = self.run(f"\\pset fieldsep '{SEPARATOR}'\n{query};").splitlines()
        return [tuple(line.split(SEPARATOR)) for line in lines]

    def is_sound(self):
        """Whether every row can be read, and no lock is left."""
        self.run("SELECT workloads, event_log FROM workloads, event_log LIMIT 1")
        return self.select("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [("0",)]


class Writer:
    """Edits as a server's: single statements, each a transaction."""

    MARK = "--- done"

    def __init__(self, server):
        self.process = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", server.folder, "-p", PORT, "-U", "postgres"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def checkpoint(self, _):
        """Checkpoints are the server's own affair."""
        return False

    def set_port(self, name, port):
        self.edit(name, "port", f"to_jsonb({port})")

    def count_up(self, name):
        self.edit(name, "edits", "to_jsonb((source_config::jsonb->>'edits')::int + 1)")

    def edit(self, name, member, value):
        self.process.stdin.write("UPDATE workloads SET source_config = "
                                 f"jsonb_set(source_config::jsonb, '{{{member}}}', {value})::text WHERE id = '{name}';\n"
                                 f"\\echo '{self.MARK}'\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != self.MARK + "\n":
            raise RuntimeError(f"the edit of {name} failed")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def versions():
    """What the proof rests on."""
    told = subprocess.run([programs() / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return f"PostgreSQL {told.split()[2]}"


def run_proof(evidence):
    seconds = 10 if evidence.short else 30
    crowd = Crowd(evidence, seconds, Database)
    try:
        crowd.work()
        return crowd_figures(crowd, seconds)
    finally:
        crowd.database.server.stop()
