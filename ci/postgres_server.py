"""A PostgreSQL server of its own, for what measures and proves."""

import os
import subprocess
from pathlib import Path

# Of its socket, which is in a folder of its own.
PORT = "54329"


def programs():
    """The folder of the programs of the newest server: Debian has one for each version, others have one in all."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb") if path.parts[-3].isdigit()]
    if found:
        return max(found, key=lambda folder: int(folder.parts[-2]))
    return Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip())


class Server:
    """A PostgreSQL server with its usual settings, run by an unprivileged user."""

    def __init__(self, folder):
        self.folder = folder / "server"
        self.folder.mkdir()
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(self.folder, 65534, 65534)
        self.program("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", self.folder / "data")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -p {PORT}"
        self.program("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start")

    def program(self, name, *arguments):
        user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        subprocess.run([*user, programs() / name, *arguments], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.program("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def psql(self, name, statements):
        return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", PORT, "-U", "postgres", "-d", name],
                              input=statements, check=True, text=True, stdout=subprocess.PIPE).stdout

    def make(self, name, source):
        """A database with the rows of a SQLite file."""
        self.psql("postgres", f"CREATE DATABASE {name}")
        subprocess.run([Path(__file__).with_name("sqlite-to-postgres"), source, f"postgres://postgres@/{name}?host={self.folder}&port={PORT}"],
                       check=True, stdout=subprocess.DEVNULL)
        self.psql(name, "ANALYZE")
