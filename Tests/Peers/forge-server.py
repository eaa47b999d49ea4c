#!/usr/bin/env python3
"""Plays Gitea, GitHub or GitLab on loopback, as their API documents say, and misbehaves on demand.

    forge-server.py CONFIG.json [--certificate FILE --key FILE] [--latency MS] [--log FILE]

Prints `listening PORT` once it listens. CONFIG:

    {"forge": "gitea",                      gitea, github or gitlab
     "prefix": "/gitea",                    a path that everything lies under; may be left out
     "token": "T",                          what private repositories and writes want
     "repositories": {"acme/shop": {
        "git": "/srv/shop.git",             a real repository to read, or "commits" as below
        "private": true, "moved": "new/place",
        "default_branch": "main", "branches": {"main": "<id>"},
        "commits": {"<id>": {"date": "2026-01-02T03:04:05Z", "message": "Begin", "files": {"path": "text"}}}}},
     "faults": [{"match": "/raw/", "times": 1, ...}]}      see forge/faults.py

Each request is written to the log as one JSON line: method, target, headers, status.
"""

import argparse
import asyncio
import json
import ssl
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from forge import gitea, github, gitlab
from forge.http import Server

FORGES = {"gitea": gitea.Gitea, "github": github.GitHub, "gitlab": gitlab.GitLab}


async def serve(options):
    config = json.loads(Path(options.config).read_text())
    forge = FORGES[config["forge"]](config)
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    server = Server(forge, config, latency=options.latency / 1000, log=options.log)
    listener = await asyncio.start_server(server.connected, options.host, options.port, ssl=context, backlog=512)
    print("listening", listener.sockets[0].getsockname()[1], flush=True)
    # Whoever started the server holds its standard input: it ends with them.
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--latency", type=float, default=0, help="milliseconds before each answer")
    parser.add_argument("--log")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
