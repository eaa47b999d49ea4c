"""Serves one spec as a Gitea server would: the branch's commit and the file, on loopback. Prints its address.

    ci/packaging/forge.py FILE
"""

import http.server
import json
import sys
from pathlib import Path

COMMIT = "1064d81a2cfc" + 28 * "0"


class Forge(http.server.BaseHTTPRequestHandler):
    """Answers each request for a file with the spec, every other one with the branch."""

    def do_GET(self):
        if "/raw/" in self.path or "/media/" in self.path:
            self.answer("text/plain; charset=utf-8", Path(sys.argv[1]).read_bytes())
        else:
            commit = {"id": COMMIT, "sha": COMMIT}
            self.answer("application/json", json.dumps({"name": "main", "sha": COMMIT, "commit": commit}).encode())

    def answer(self, kind, body):
        """Sends a body of a kind."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Says nothing: the output is the address."""


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forge)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
