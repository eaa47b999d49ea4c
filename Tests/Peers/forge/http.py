"""HTTP/1.1 with connections kept open: reads requests, asks the forge, writes answers."""

import asyncio
import hashlib
import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from .faults import Faults

REASONS = {200: "OK", 201: "Created", 204: "No Content", 301: "Moved Permanently", 304: "Not Modified",
           307: "Temporary Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
           409: "Conflict", 410: "Gone", 413: "Content Too Large", 422: "Unprocessable Entity",
           429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
           504: "Gateway Timeout"}


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: bytes
    connection: int = 0

    @property
    def path(self):
        """Still encoded, so that `%2F` within a segment can be told from a slash."""
        return self.target.split("?", 1)[0]

    @property
    def query(self):
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def json(self):
        return json.loads(self.body or b"null")


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)

    @staticmethod
    def of(value, status=200, **headers):
        return Answer(status, json.dumps(value).encode(),
                      {"Content-Type": "application/json; charset=utf-8", **headers})

    def with_etag(self, weak=False):
        self.headers["ETag"] = ("W/" if weak else "") + '"' + hashlib.sha256(self.body).hexdigest()[:32] + '"'
        return self


class Forge:
    """What the three forges share. `routes` are (method, pattern of the encoded path, function)."""

    def __init__(self, config):
        self.config = config
        self.token = config.get("token")
        self.prefix = config.get("prefix", "")
        self.routes = []

    def route(self, method, pattern, function):
        self.routes.append((method, re.compile(re.escape(self.prefix) + pattern), function))

    def route_from_root(self, method, path, function):
        self.routes.append((method, re.compile(re.escape(path)), function))

    def answer(self, request):
        for method, pattern, function in self.routes:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return function(request, *[unquote(part) for part in found.groups()])
        return self.not_found()

    def holds_token(self, request):
        """None: no token was sent. Else whether it is the right one."""
        sent = self.sent_token(request)
        return None if sent is None else sent == self.token


class Server:
    def __init__(self, forge, config, latency=0, log=None):
        self.forge = forge
        self.faults = Faults(config.get("faults", []))
        self.latency = latency
        self.connections = 0
        self.log = open(log, "a", buffering=1) if log else None

    async def connected(self, reader, writer):
        self.connections += 1
        number = self.connections
        try:
            if self.faults.on_connect(writer):
                return
            while request := await self.read(reader):
                if self.latency:
                    await asyncio.sleep(self.latency)
                request.connection = number
                if not await self.respond(request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def read(self, reader):
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = first.split(" ", 2)
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Request(method, target, headers, body)

    async def respond(self, request, writer):
        """Whether the connection stays open."""
        fault = self.faults.for_request(request)
        if fault is not None:
            self.note(request, fault.get("mode") or fault.get("status"))
            return await self.faults.play(fault, writer)
        answer = self.forge.answer(request)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if "ETag" in answer.headers and request.headers.get("if-none-match") == answer.headers["ETag"]:
            answer = Answer(304, b"", {"ETag": answer.headers["ETag"]})
        self.note(request, answer.status)
        writer.write(encode(answer, request.method == "HEAD"))
        await writer.drain()
        return True

    def note(self, request, status):
        if self.log:
            self.log.write(json.dumps({"method": request.method, "target": request.target, "status": str(status),
                                       "headers": request.headers, "connection": request.connection,
                                       "body": request.body.decode("utf-8", "replace")}) + "\n")


def encode(answer, is_head=False):
    lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return head if is_head else head + answer.body
