"""Parts of a host: the domain that somebody registered, by the public suffix list, and prefixes of a site's variants.

All functions except `with_port` take an *authority*: the part of an absolute address between `//` and the path.
"""

from functools import cache, lru_cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

_VARIANTS = ("www.", "m.", "mobile.", "amp.")


def _host(authority: str) -> str:
    """The host, without user, password and port; the brackets of an IPv6 address stay."""
    host = authority.rpartition("@")[2]
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def with_port(host: str, port: int) -> str:
    """The authority of a host, which may be an IPv6 address without brackets, with a port (RFC 3986, section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@lru_cache(maxsize=4096)
def bare_host(authority: str) -> str:
    """The authority without the prefixes of mobile and other variants, unless only a public suffix would be left."""
    host, colon, port = authority.partition(":")
    if host.startswith("["):
        return authority
    host = host.rstrip(".")
    while host.startswith(_VARIANTS) and _registrable_part(host) != host:
        host = host.partition(".")[2]
    return f"{host}{colon}{port}"


@lru_cache(maxsize=4096)
def registrable(authority: str) -> str:
    """The domain that somebody registered; an IP address, a single label and a public suffix are given as they are."""
    return _registrable_part(_host(authority))


@lru_cache(maxsize=4096)
def _registrable_part(host: str) -> str:
    host = host.rstrip(".")
    if host.startswith("[") or host.rpartition(".")[2].isdigit():
        return host
    written: str | None = _public_suffixes().privatesuffix(_in_letters(host))
    return ".".join(host.split(".")[-1 - written.count(".") :]) if written else host


@lru_cache(maxsize=4096)
def is_local(authority: str) -> bool:
    """Whether the host can only be on this machine or in its network; an empty host, as of a file, counts as such."""
    host = _host(authority)
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host.rstrip(".")


def _in_letters(host: str) -> str:
    """The host with its letters, as the public suffix list writes it; the argument is in ASCII (Punycode)."""
    try:
        return host.encode().decode("idna") if "xn--" in host else host
    except UnicodeError:  # the part behind `xn--` is not valid Punycode
        return host


@cache
def _public_suffixes() -> PublicSuffixList:
    """The public suffix list that the package ships.

    It is loaded when first needed, as few runs need it: that takes some 15 ms, and would take 45 ms with ASCII names.
    """
    return PublicSuffixList(accept_encoded_idn=False)
