"""Requests a second that one core of the server answers: 304, and 200 with 60 KB plain and compressed.

    python benchmarks/serve.py [SECONDS]

The client is this process: 16 keep-alive connections, one request under way on each. Printed are requests per second
of wall time (server and client each on a core, if there are two), and per second of the server's own CPU time, which
is the figure to compare. Ends with 1 when that is less than 30,000 for 304.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONNECTIONS = 16
TARGET = 30_000
"""304s a second of one core."""
SERVER = """
import sys
from pathlib import Path
from syndicator.clock import SystemClock
from syndicator.serve.server import run
public = Path(sys.argv[1])
run(public, "127.0.0.1", 0, status=public / "none", clock=SystemClock(), on_ready=lambda at: print(at, flush=True))
"""


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def exchange(connection: socket.socket, request: bytes) -> bytes:
    """One request, and its whole answer."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def measure(connections: list[socket.socket], request: bytes, pid: int, seconds: float) -> tuple[float, float]:
    """Requests per second of wall time, and of the server's CPU time."""
    size = len(exchange(connections[0], request))
    buffer = bytearray(1 << 18)
    done, began, cpu = 0, time.perf_counter(), cpu_seconds(pid)
    while time.perf_counter() < began + seconds:
        for connection in connections:
            connection.send(request)
        for connection in connections:
            left = size
            while left:
                left -= connection.recv_into(buffer, left)
        done += len(connections)
    return done / (time.perf_counter() - began), done / (cpu_seconds(pid) - cpu)


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder, "feeds", "all.rss")
        feed.parent.mkdir()
        feed.write_bytes(b"".join(b"<item><title>%d</title></item>\n" % (number * 7919) for number in range(1800)))
        with subprocess.Popen([sys.executable, "-c", SERVER, folder], stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
                time.sleep(0.3)  # until the file's time stamp is trusted
                connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
                plain = b"GET /feeds/all.rss HTTP/1.1\r\nHost: benchmark\r\nUser-Agent: benchmark\r\n"
                head = exchange(connections[0], plain + b"\r\n").partition(b"\r\n\r\n")[0]
                etag = next(line[6:] for line in head.split(b"\r\n") if line.startswith(b"etag:"))
                rates = {}
                for name, field in (
                    ("304", b"If-None-Match: " + etag + b"\r\n"),
                    ("200 gzip", b"Accept-Encoding: gzip\r\n"),
                    ("200 plain", b""),
                ):
                    wall, core = measure(connections, plain + field + b"\r\n", server.pid, seconds)
                    rates[name] = core
                    print(f"{name:10} {wall:8,.0f} a second, {core:8,.0f} per second of the server's core")
            finally:
                server.terminate()
    holds = rates["304"] >= TARGET
    print(f"{TARGET:,} 304s a second of a core: {'holds' if holds else 'DOES NOT HOLD'}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
