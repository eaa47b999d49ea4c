"""What a run asks the disk to keep, and what a loss of power may leave of it."""

import re
from dataclasses import dataclass

SECTOR = 512
OPERATION = re.compile(r"\d+ +(pwrite64|ftruncate|fdatasync|fsync)\(\d+<([^>]*)>(?:, (.*))?")
WRITE = re.compile(r'"((?:\\x[0-9a-f]{2})*)", (\d+), (\d+)')
# All bytes of every write, in hexadecimal.
STRACE = ("strace", "-f", "-y", "-xx", "-s", "1000000", "-e", "trace=pwrite64,ftruncate,fdatasync,fsync")


@dataclass(frozen=True)
class Operation:
    """A write (`data` at `offset`), a truncation (`offset` is the size; no data), or a sync of a file."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


def read_operations(text, paths):
    """What a trace by STRACE did to the files of these paths."""
    operations = []
    for line in text.splitlines():
        match = OPERATION.match(line)
        if not match or plain(match[2]) not in paths:
            continue
        kind, path = match[1], plain(match[2])
        if kind == "pwrite64":
            data, size, offset = WRITE.match(match[3]).groups()
            data = bytes.fromhex(data.replace("\\x", ""))
            assert len(data) == int(size), "strace cut a write short"
            operations.append(Operation("write", path, int(offset), data))
        elif kind == "ftruncate":
            operations.append(Operation("truncate", path, int(re.match(r"(\d+)", match[3])[1])))
        else:
            operations.append(Operation("sync", path))
    return operations


def plain(path):
    """A path that strace wrote in hexadecimal."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def apply(content, operation):
    """The content of a file after an operation on it."""
    if operation.kind == "sync":
        return
    if operation.kind == "truncate":
        content[operation.offset:] = bytes(max(0, operation.offset - len(content)))
        return
    if len(content) < operation.offset:
        content.extend(bytes(operation.offset - len(content)))
    content[operation.offset:operation.offset + len(operation.data)] = operation.data


def torn(content, operation, random):
    """A write of which some sectors arrived; the others are as they were, or rubbish where nothing was."""
    start, end = operation.offset, operation.offset + len(operation.data)
    before = bytearray(content)
    apply(content, operation)
    for sector in range(start - start % SECTOR, end, SECTOR):
        low, high = max(sector, start), min(sector + SECTOR, end)
        if random.random() < 0.5:
            old = bytes(before[low:high])
            rubbish = random.randbytes if random.random() < 0.5 else bytes
            content[low:high] = old + rubbish(high - low - len(old))


def crash(start, operations, random):
    """What is on the disk when the power fails after these operations.

    All that was synced is there. Of what was not, each write arrived or did not, whatever the order, or in part.
    """
    contents = {path: bytearray(content) for path, content in start.items()}
    for path, content in contents.items():
        mine = [operation for operation in operations if operation.path == path]
        synced = max((number for number, operation in enumerate(mine, 1) if operation.kind == "sync"), default=0)
        for operation in mine[:synced]:
            apply(content, operation)
        for operation in mine[synced:]:
            fate = random.random()
            if fate < 0.4:
                apply(content, operation)
            elif fate < 0.7 and operation.kind == "write":
                torn(content, operation, random)
    return contents
