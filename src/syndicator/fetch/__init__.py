"""Fetch: the only package that opens connections to the network.

`transfer.Transfer` carries requests, each in one exchange. `redirects.follow` returns the next hop of a redirect,
`caching.judge` says what a status means, and `auth.authorization` makes the field for credentials. Everything except
the transfer loop, its look-ups and `files.read_file` is pure.
"""
