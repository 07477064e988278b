"""WebSub (https://www.w3.org/TR/websub/), in all its three roles: publisher, subscriber and hub.

    publisher    hubs                        notify hubs which of our feeds have changed
    subscriber   leasing, agreements         subscribe to sources at their hubs,
                 inbox, forgeries, nudges    and poll a source when its hub announces news
    hub          subscribers, verification   verify the intent of everybody who subscribes to a feed of ours,
                 distribution                and send the feed to subscribers when it changes
    all          feeds, pausing              which feeds are published; the back-off for whoever fails

The daemon ticks all three (`daemon/relays.py`); polling and publishing know nothing of them.
"""
