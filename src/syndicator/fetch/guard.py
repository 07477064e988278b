"""Guard: decide to which IP addresses we may connect: the public internet, and what the operator allows besides.

What is checked is the very socket address to which we are about to connect, at each connection of each hop. A name is
never checked, so a name server that changes its answer between a check and a connection (DNS rebinding) gains nothing.

`ipaddress.is_global` is not used, because its table differs between patch releases of Python (CVE-2024-4032), and what
is forbidden must not depend on that.
"""

import ipaddress
from collections.abc import Sequence

from syndicator.model.settings import Network

# IANA's special-purpose address registries for IPv4 and IPv6 as of 2025-10 (RFC 6890 and its updates), with multicast,
# the addresses set aside by older RFCs, and a metadata service that answers on a public address.
_SPECIAL_NETWORKS = (
    ("0.0.0.0/8", "this network"),  # RFC 791
    ("10.0.0.0/8", "a private network"),  # RFC 1918
    ("100.64.0.0/10", "a provider's shared space"),  # RFC 6598
    ("127.0.0.0/8", "loopback"),  # RFC 1122
    ("169.254.0.0/16", "link-local"),  # RFC 3927; clouds answer with credentials here
    ("172.16.0.0/12", "a private network"),  # RFC 1918
    ("192.0.0.0/24", "protocol assignments"),  # RFC 6890
    ("192.0.2.0/24", "documentation"),  # RFC 5737
    ("192.88.99.0/24", "a 6to4 relay"),  # RFC 7526
    ("192.168.0.0/16", "a private network"),  # RFC 1918
    ("198.18.0.0/15", "benchmarking"),  # RFC 2544
    ("198.51.100.0/24", "documentation"),  # RFC 5737
    ("203.0.113.0/24", "documentation"),  # RFC 5737
    ("168.63.129.16/32", "a cloud's metadata service"),
    ("224.0.0.0/4", "multicast"),  # RFC 5771
    ("240.0.0.0/4", "reserved space"),  # RFC 1112; with the broadcast address
    ("::/128", "the unspecified address"),  # RFC 4291
    ("::1/128", "loopback"),  # RFC 4291
    ("::/96", "an IPv4-compatible address"),  # RFC 4291
    ("64:ff9b:1::/48", "local translation"),  # RFC 8215
    ("100::/64", "the discard prefix"),  # RFC 6666
    ("2001::/32", "Teredo"),  # RFC 4380
    ("2001::/23", "protocol assignments"),  # RFC 2928
    ("2001:db8::/32", "documentation"),  # RFC 3849
    ("2002::/16", "6to4"),  # RFC 3056
    ("3fff::/20", "documentation"),  # RFC 9637
    ("5f00::/16", "segment routing"),  # RFC 9602
    ("fc00::/7", "a private network"),  # RFC 4193
    ("fe80::/10", "link-local"),  # RFC 4291
    ("fec0::/10", "site-local"),  # RFC 3879
    ("ff00::/8", "multicast"),  # RFC 4291
)
_SPECIAL = {
    version: tuple(
        (int(network.network_address), int(network.netmask), reason)
        for network, reason in ((ipaddress.ip_network(network), reason) for network, reason in _SPECIAL_NETWORKS)
        if network.version == version
    )
    for version in (4, 6)
}
"""The special networks as numbers (address, mask) with the reason, by version of the protocol."""
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 space from which public addresses are assigned."""
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""The well-known NAT64 prefix (RFC 6052)."""


def verdict(address: str, allowed: Sequence[Network]) -> str:
    """Decide whether we may connect to a socket address.

    An IPv4-mapped address (`::ffff:0:0/96`) is checked as the IPv4 address to which the kernel connects for it, by the
    table and by `allowed`. For an address with the well-known NAT64 prefix (`64:ff9b::/96`), by which a host with IPv6
    alone reaches IPv4 hosts, the table is applied to the IPv4 address in it; but `allowed` must name the prefix itself.
    Teredo, 6to4 and IPv4-compatible addresses are refused, whatever IPv4 address is in them, because no feed is there.

    Args:
        address: The numeric form of a socket address; a scope id may follow.
        allowed: Networks that are allowed although they are special; there is no other exception.

    Returns:
        Empty if we may connect, else what the address belongs to.
    """
    try:
        dialled = ipaddress.ip_address(address)
    except ValueError:
        return "not an IP address"
    if isinstance(dialled, ipaddress.IPv6Address) and dialled.ipv4_mapped:
        dialled = dialled.ipv4_mapped
    if any(dialled in network for network in allowed):
        return ""
    judged = ipaddress.IPv4Address(int(dialled) & 0xFFFFFFFF) if dialled in _TRANSLATED else dialled
    number = int(judged)
    for first, mask, reason in _SPECIAL[judged.version]:
        if number & mask == first:
            return reason
    if judged.version == 6 and judged not in _GLOBAL_UNICAST:
        return "unassigned space"
    return ""
