"""A corpus on loopback: every host an address of its own, everything answered from memory.

    python benchmarks/origin.py CORPUS        prints its port when it listens; ends when its standard input does

A source gives an ETag, a Last-Modified, or both, compresses when asked to, and answers 304. On 127.0.0.1 it is told
what to be:

    POST /base          the corpus's first moment     POST /tick1 …      a later one
    POST /plain         no validators, always 200     POST /validators   with them again
    POST /counts        answers per status since the last time, as JSON
"""

import asyncio
import contextlib
import http.client
import json
import socket
import subprocess
import sys
import zlib
from collections import Counter
from email.utils import formatdate
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import uvloop

CONTROL = "127.0.0.1"
_FIRST = 1_772_452_800
"""When the first moment's documents were last modified, in seconds since 1970; later ones, so many hours after it."""


class _Document(NamedTuple):
    """Answers that are ready to be sent, by whether they are compressed, and what a request must say to get none."""

    ready: dict[bool, bytes]
    etag: bytes
    modified: bytes


def _document(source: dict[str, str], body: bytes, hour: int, *, plain: bool) -> _Document:
    number = int(source["id"][1:])
    etag = b'"%s"' % blake2b(body, digest_size=8).hexdigest().encode() if number % 10 != 0 else b""
    modified = formatdate(_FIRST + 3600 * hour, usegmt=True).encode() if number % 10 != 1 else b""
    fields = b"Content-Type: %s\r\nVary: Accept-Encoding\r\n" % source["type"].encode()
    if not plain:
        fields += b"ETag: %s\r\n" % etag if etag else b""
        fields += b"Last-Modified: %s\r\n" % modified if modified else b""
    packer = zlib.compressobj(5, wbits=31)
    packed = packer.compress(body) + packer.flush()
    return _Document(
        {
            False: b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (fields, len(body), body),
            True: b"HTTP/1.1 200 OK\r\n%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
            % (fields, len(packed), packed),
        },
        b"" if plain else etag,
        b"" if plain else modified,
    )


class Corpus:
    """The documents of a moment, by host and path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: list[dict[str, str]] = json.loads((folder / "sources.json").read_text())
        self._bodies: dict[str, tuple[bytes, int]] = {}
        self._plain = False
        self.hosts = sorted({source["host"] for source in self._sources})
        self.counts: Counter[int] = Counter()
        self.documents: dict[bytes, _Document] = {}
        self.become("base")

    def become(self, what: str) -> bytes:
        """Do as told; the answer's body."""
        told = json.dumps(self.counts).encode()
        if what == "counts":
            self.counts.clear()
            return told
        if what in {"plain", "validators"}:
            self._plain = what == "plain"
        else:
            hour = int(what.removeprefix("tick") if what != "base" else 0)
            self._bodies.update((it.name, (it.read_bytes(), hour)) for it in (self._folder / what).iterdir())
        for source in self._sources:
            key = f"{source['host']}{source['path']}".encode()
            self.documents[key] = _document(source, *self._bodies[source["id"]], plain=self._plain)
        return told


class _Connection(asyncio.Protocol):
    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._received = b""

    def connection_made(self, transport: Any) -> None:  # uvloop's is no asyncio.Transport
        self._transport = transport
        self._host = transport.get_extra_info("sockname")[0].encode()

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            first, *lines = head.split(b"\r\n")
            fields = {name.strip().lower(): value.strip() for name, _, value in (it.partition(b":") for it in lines)}
            method, path, _ = first.split(b" ")
            if method == b"POST" and self._host == CONTROL.encode():
                body = self._corpus.become(path[1:].decode())
                self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            else:
                self._transport.write(self._answer(path, fields))

    def _answer(self, path: bytes, fields: dict[bytes, bytes]) -> bytes:
        document = self._corpus.documents.get(self._host + path)
        status = 404 if document is None else 200
        if document and (tag := fields.get(b"if-none-match")):  # RFC 9110, section 13.2.2: it goes before the date
            status = 304 if tag.removeprefix(b"W/") == document.etag else 200
        elif document and document.modified:
            status = 304 if fields.get(b"if-modified-since") == document.modified else 200
        if path != b"/robots.txt":  # of pages, each site is asked for it once
            self._corpus.counts[status] += 1
        if document is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if status == 304:
            return b"HTTP/1.1 304 Not Modified\r\n%s\r\n" % (b"ETag: %s\r\n" % document.etag if document.etag else b"")
        return document.ready[b"gzip" in fields.get(b"accept-encoding", b"")]


async def _serve(folder: Path) -> None:
    corpus = Corpus(folder)
    loop = asyncio.get_running_loop()
    with contextlib.ExitStack() as listeners:
        port = 0
        for host in [CONTROL, *corpus.hosts]:
            listener = listeners.enter_context(socket.create_server((host, port), backlog=512))
            port = listener.getsockname()[1]
            await loop.create_server(lambda: _Connection(corpus), sock=listener)
        print(port, flush=True)
        await loop.run_in_executor(None, sys.stdin.read)


class Origin:
    """The origin as a process of its own, for as long as the context lasts."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._corpus)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()  # closes its standard input

    def tell(self, what: str) -> dict[str, int]:
        """Be something else from now on; how it has answered so far, by status."""
        connection = http.client.HTTPConnection(CONTROL, self.port)
        with contextlib.closing(connection):
            connection.request("POST", f"/{what}")
            return json.loads(connection.getresponse().read())


if __name__ == "__main__":
    uvloop.run(_serve(Path(sys.argv[1])))
