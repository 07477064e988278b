"""CPU of a poll that ends in 304, in our process alone: the whole way through the transfer, with its look-up.

    .venv/bin/python benchmarks/fetch.py [REQUESTS]

Hosts are addresses of loopback, each asked twice: over a new connection, and over the one that stands. The host is a
process of its own. `names` takes the look-ups' answers from memory: what remains is our own share of them.
"""

import asyncio
import ipaddress
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path

from syndicator.fetch import lookup
from syndicator.fetch.transfer import Transfer
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response, Validators

FIELDS = (
    "Server: nginx|Date: Mon, 02 Nov 2026 10:00:00 GMT|Connection: keep-alive|Keep-Alive: timeout=20|"
    'Last-Modified: Mon, 02 Nov 2026 09:00:00 GMT|ETag: "67264b10-1d4c"|Cache-Control: max-age=600|'
    "Vary: Accept-Encoding|X-Frame-Options: SAMEORIGIN|Strict-Transport-Security: max-age=31536000|X-Cache: HIT"
)
ANSWER = ("HTTP/1.1 304 Not Modified\r\n" + FIELDS.replace("|", "\r\n") + "\r\n\r\n").encode()
VALIDATORS = Validators(etag='"67264b10-1d4c"', last_modified="Mon, 02 Nov 2026 09:00:00 GMT")
WINDOW = 128


class Host(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self._transport.write(ANSWER)


def serve(port: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Host, "0.0.0.0", 0, backlog=4096)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def poll(transfer: Transfer, urls: Iterable[str]) -> tuple[float, float]:
    """Microseconds of CPU and of time for each."""
    waiting = [Request(source_id=str(it), url=url, validators=VALIDATORS) for it, url in enumerate(urls)]
    count = len(waiting)
    done = 0
    cpu, clock = _cpu(), time.perf_counter()
    while done < count:
        while waiting and transfer.in_flight < WINDOW:
            transfer.submit(waiting.pop())
        transfer.wait(1)
        for _, answer in transfer.finished():
            assert isinstance(answer, Response), answer
            assert answer.status == 304
            done += 1
    return (_cpu() - cpu) / count * 1e6, (time.perf_counter() - clock) / count * 1e6


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(count: int) -> None:
    here, there = multiprocessing.Pipe()
    host = multiprocessing.get_context("fork").Process(target=serve, args=(there,), daemon=True)
    host.start()
    port = here.recv()
    hosts = [f"127.{it >> 16 & 255}.{it >> 8 & 255}.{it & 255}" for it in range(2, count + 2)]
    vars(lookup)["_addresses"] = lambda name: [name.removesuffix(".example").replace("-", ".")]
    settings = FetchSettings(allow_networks=(ipaddress.ip_network("127.0.0.0/8"),))
    forms = {"addresses": hosts, "names": [it.replace(".", "-") + ".example" for it in hosts]}
    print(f"{'':12}{'new connection':>24}{'kept alive':>24}")
    for name, form in forms.items():
        transfer = Transfer(settings, files_root=Path(tempfile.gettempdir()), user_agent="syndicator-benchmark/1")
        urls = [f"http://{it}:{port}/feed.xml" for it in form]
        poll(transfer, urls[:50])
        new = poll(transfer, urls[50:])
        same = poll(transfer, urls[50:250])
        columns = "".join(f"{cpu:10.0f} µs CPU{clock:6.0f} µs" for cpu, clock in (new, same))
        print(f"{name:12}{columns}")
        transfer.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1050)
