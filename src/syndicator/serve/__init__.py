"""Serve the published files over HTTP; nothing is rendered or written here.

A request passes through these modules:

    incoming    the bytes of a connection become requests, within `limits`
    app         a request gets one answer: which file, which coding, or 304
    catalogue   has the files in memory, each as a `representation`, as long as they are unchanged on the disk
    wire        the answer becomes bytes

`addresses` finds the file for a path, `media` its media type and policy, `conditions` evaluates the request's fields by
RFC 9110, and `answers` has the answers that need no file. Besides files there are `/healthz` (`health`), the operator's
pages (`operator`, `guesses`), the callbacks for hubs (`callbacks`) and our own hub (`subscribing`).

`server.run` puts all of this together, and `loop` runs it until a signal. uvloop, httptools and asyncio are imported by
`server.run` alone, because they are slow to load.
"""
