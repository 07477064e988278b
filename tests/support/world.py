"""A host on every address, and a name server: a script that runs inside a namespace and writes down who came.

    python world.py '{"silent": false, "names": {"a.test": [["93.184.216.34"], ["127.0.0.1"]]}}'

Each answer about a name gives the next list of addresses, the last one for ever. `/to?URL` redirects (`/to301?URL` with
that status), `pages` has what it says by path, everything else is a feed. It prints a line of JSON for each connection
(`to`: our address) and question (`name`).
"""

import asyncio
import ipaddress
import json
import socket
import struct
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

FEED = (
    '<rss version="2.0"><channel><title>t</title><link>http://x.example/</link><description/>'
    "<item><title>Reached {0}</title><guid isPermaLink='false'>{0}</guid></item></channel></rss>"
)
PAGES: dict[str, str] = {}
A, AAAA = 1, 28


def say(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    own = ipaddress.IPv6Address(writer.get_extra_info("sockname")[0])
    address = str(own.ipv4_mapped or own).partition("%")[0]
    say(to=address)
    try:
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1")
        path, _, query = head.split(" ")[1].partition("?")
        say(path=path)
        status, location, body = "200 OK", "", FEED.format(f"{address}{path}")
        if path.startswith("/to"):
            status, location = f"{path[3:] or 302} Elsewhere", f"Location: {unquote(query)}\r\n"
        body = PAGES.get(path, body)
        data = body.encode()
        writer.write(
            f"HTTP/1.1 {status}\r\n{location}Content-Length: {len(data)}\r\nConnection: close\r\n\r\n".encode()
        )
        writer.write(data)
        await writer.drain()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


class NameServer(asyncio.DatagramProtocol):
    """As much of RFC 1035 as one question and its answers need."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]], *, silent: bool) -> None:
        self._names = names
        self._silent = silent
        self._asked: Counter[str] = Counter()

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        labels, at = [], 12
        while data[at]:
            labels.append(data[at + 1 : at + 1 + data[at]].decode("latin-1"))
            at += 1 + data[at]
        name = ".".join(labels).lower()
        (kind,) = struct.unpack(">H", data[at + 1 : at + 3])
        say(name=name)
        if self._silent:
            return
        answers = self._names.get(name, [[]])
        found = answers[min(self._asked[name, kind], len(answers) - 1)]  # type: ignore[index]
        self._asked[name, kind] += 1  # type: ignore[index]
        family = {A: socket.AF_INET, AAAA: socket.AF_INET6}.get(kind)
        packed = [socket.inet_pton(family, it) for it in found if family and (":" in it) == (kind == AAAA)]
        code = 0 if name in self._names else 3
        head = data[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(packed), 0, 0)
        records = [struct.pack(">HHHIH", 0xC00C, kind, 1, 0, len(it)) + it for it in packed]
        self._transport.sendto(head + data[12 : at + 5] + b"".join(records), addr)


async def main(
    names: Mapping[str, Sequence[Sequence[str]]], *, pages: Mapping[str, str] | None = None, silent: bool = False
) -> None:
    PAGES.update(pages or {})
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("::", 80), family=socket.AF_INET6, dualstack_ipv6=True, backlog=512)
    await loop.create_datagram_endpoint(lambda: NameServer(names, silent=silent), ("127.0.0.1", 53))
    say(ready=True)
    async with await asyncio.start_server(converse, sock=listener) as server:
        await server.serve_forever()


asyncio.run(main(**json.loads(sys.argv[1])))
