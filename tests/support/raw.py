"""HTTP over a socket, byte by byte: for tests of the server."""

import socket

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def connect(port, receive_buffer=None):
    """A connection to a port on loopback."""
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", port))
    return connection


def everything(connection):
    """What comes until the server closes."""
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except ConnectionResetError:
        pass
    return received


def one_body(stream):
    """The body of the next answer on a stream."""
    length = 0
    while (line := stream.readline()) != b"\r\n":
        if line.startswith(b"content-length:"):
            length = int(line[15:])
    return stream.read(length)


def ask(port, request):
    """All that comes of these bytes."""
    with connect(port) as connection:
        connection.sendall(request)
        return everything(connection)


def statuses(received):
    """The status of each answer."""
    return [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]


def is_harmless(received):
    """Whether an answer without a file has the fields that all have, and is the last."""
    head = received.partition(b"\r\n\r\n")[0]
    return all(
        field in head
        for field in (b"nosniff", b"content-security-policy: default-src 'none'", b"connection: close", b"date: ")
    )
