"""HTTP over the published files: nothing is rendered here, and nothing is written.

A request passes once through the room:

    incoming    the bytes of a connection become requests, within `limits`
    app         a request gets one answer: which file, which coding, or 304
    catalogue   has the files in memory, each as a `representation`, as long as they are the same on the disk
    wire        the answer becomes bytes

`addresses` says which file stands behind a path, `media` what kind of thing it is, `conditions` what RFC 9110 makes of
the request's fields, `answers` what is said when there is no file. Besides files there are `/healthz` (`health`), the
operator's pages (`operator`, `guesses`), the callbacks of hubs (`callbacks`) and our own hub (`subscribing`).

`server.run` puts all of it together, and `loop` keeps it going until a signal. uvloop, httptools and asyncio are
imported by `server.run` alone, because they are slow to load.
"""
