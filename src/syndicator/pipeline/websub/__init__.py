"""WebSub (https://www.w3.org/TR/websub/), in all its three roles: a publisher, a subscriber, and a hub.

    publisher    hubs                        hubs are told which of our feeds have changed
    subscriber   leasing, agreements         hubs of sources are asked to tell of news,
                 inbox, forgeries, nudges    and what they tell lets the source be polled
    hub          subscribers, verification   whoever subscribes to a feed of ours is asked whether he meant it,
                 distribution                and sent the feed when it changes
    all          feeds, pausing              which feeds there are; for how long whoever fails is left alone

The daemon ticks all three (`daemon/relays.py`); polling and publishing know nothing of them.
"""
