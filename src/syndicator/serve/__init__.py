"""HTTP over the published files: nothing is rendered here, and nothing is written.

A request passes once through the room:

    wire        bytes of a connection to a request, within `limits`
    app         the request to one answer: which file, which coding, or 304
    catalogue   the file, from memory for as long as it is the same on the disk
    wire        the answer back to bytes

`addresses` says which file stands behind a path, `media` what kind of thing it is, `conditions` what RFC 9110 makes of
the request's fields, `answers` what is said when there is no file, `health` what `/healthz` tells a supervisor,
`guesses` how often somebody may guess the operator's password.
`server.run` puts them together, `loop` keeps them going until a signal. uvloop, httptools and asyncio are imported by
`server.run` alone: they are slow to load.
"""
