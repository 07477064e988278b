"""The one door to the network.

`transfer.Transfer` asks, one exchange a request; `redirects.follow` gives the next hop, `caching.judge` says what a
status means, `auth.authorization` makes the credentials' field. Everything but the transfer loop, its look-ups and
`files.read_file` is pure.
"""
