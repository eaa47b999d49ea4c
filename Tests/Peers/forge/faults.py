"""Answers that no good forge gives. A fault is used where `match` stands in the target, `times` times (or always):

    {"match": "/raw/", "status": 503, "headers": {"Retry-After": "1"}, "body": "text"}
    {"match": "", "mode": "stall"}

Modes: `reset` (before the answer), `reset-head` (within the head), `reset-body` (within the body), `close` (nothing is
answered), `stall` (no answer, ever), `stall-body` (half of one), `drip` (a byte a second), `endless` (a body without
end), `endless-head`, `truncate` (less than Content-Length says), `overlong` (more than it says), `bomb` (a small gzip
that unpacks to a large body), `packed` (a body that the transfer packs), `trailer` (a whole answer, and a
trailer that looks like the beginning of another), `garbage` (no HTTP). `"match": "connect"` with a mode of `reset` or `close` is played as
soon as somebody connects.
"""

import asyncio
import gzip
import socket
import struct


class Faults:
    def __init__(self, faults):
        self.faults = [dict(fault) for fault in faults]

    def for_request(self, request):
        for fault in self.faults:
            if fault["match"] == "connect" or fault["match"] not in request.target:
                continue
            if fault.get("method", request.method) != request.method:
                continue
            if self.is_due(fault):
                return fault
        return None

    def on_connect(self, writer):
        for fault in self.faults:
            if fault["match"] == "connect" and self.is_due(fault):
                if fault["mode"] == "reset":
                    reset(writer)
                return True
        return False

    @staticmethod
    def is_due(fault):
        if "times" in fault:
            if fault["times"] <= 0:
                return False
            fault["times"] -= 1
        return True

    async def play(self, fault, writer):
        """Whether the connection stays open."""
        mode = fault.get("mode")
        if mode:
            await getattr(self, mode.replace("-", "_"))(fault, writer)
            return False
        from .http import Answer, encode
        writer.write(encode(Answer(fault["status"], fault.get("body", "").encode(), fault.get("headers", {}))))
        await writer.drain()
        return True

    async def reset(self, fault, writer):
        reset(writer)

    async def close(self, fault, writer):
        pass

    async def reset_head(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nContent-Le")
        reset(writer)

    async def reset_body(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion: 1\n")
        reset(writer)

    async def stall(self, fault, writer):
        await asyncio.sleep(600)

    async def stall_body(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion: 1\n")
        await asyncio.sleep(600)

    async def drip(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            await send(writer, b"#")
            await asyncio.sleep(1)

    async def endless(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await send(writer, b"1000\r\n" + b"#" * 4096 + b"\r\n")

    async def endless_head(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\n")
        while True:
            await send(writer, b"X-More: " + b"x" * 4096 + b"\r\n")

    async def truncate(self, fault, writer):
        body = fault.get("body", "version: 1\n").encode()
        await send(writer, f"HTTP/1.1 200 OK\r\nContent-Length: {len(body) + 50}\r\n\r\n".encode() + body)

    async def overlong(self, fault, writer):
        body = fault.get("body", "version: 1\n").encode()
        await send(writer, f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"deploy: {}\n")

    async def bomb(self, fault, writer):
        body = gzip.compress(b"#" * (64 << 20))
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        await send(writer, head.encode() + body)

    async def packed(self, fault, writer):
        body = gzip.compress(b"version: 1\n")
        await send(writer, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                   + b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n")

    async def trailer(self, fault, writer):
        await send(writer, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   b"b\r\nversion: 1\n\r\n0\r\nHTTP/1.1 404 Not: Found\r\n\r\n")

    async def garbage(self, fault, writer):
        await send(writer, b"\x16\x03\x01 this is no HTTP\r\n\r\n")


async def send(writer, data):
    writer.write(data)
    await writer.drain()


def reset(writer):
    """Ends the connection with RST instead of FIN."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
