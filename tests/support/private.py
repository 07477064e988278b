"""Private sources with planted tokens: where a token can stand, what can go wrong, and what must not be seen."""

import base64
import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import cycle
from urllib.parse import quote

from support.echo import BODIES, PAGE, PROSE, article, rss
from support.origin import HANG, Asked, Origin, Step, answer
from support.service import free_port

PLACES = (
    *("password", "user", "odd-password", "token", "key", "harmless", "cyrillic", "path"),
    *("auth-password", "auth-bearer", "cookie", "redirect"),
)
SHAPES = {
    "hex": "9f86d081884c7d659a2feaa0c55ad015",
    "uuid": "3b1f8c0e-9d47-4c2a-8f6e-1a2b3c4d5e6f",
    "letters": "xkqjzvbnmwplrtghsdfc",
    "digits": "84920175639204817362",
    "short": "q7Rk2Zp9Lx",
    "words": "open-sesame-behind-the-hill",
}
"""What a token in a path may look like."""


GROUPS = (*PLACES, *(f"shape-{it}" for it in SHAPES), "list-titles", "list-lines", "list-private", "following", "cut")
"""What the names of the sources that work begin with."""


PATHS = (
    'select = { item = "items", id = "id", link = "url", title = "title", summary = "summary", date = "external_url", '
    'content = "content_text", author = "authors.*.name", image = "image", tags = "tags" }'
)
"""Where a JSON Feed has what it says, for those who read it as any JSON."""


@dataclass(frozen=True)
class Case:
    """A private source.

    Attributes:
        id: Its own; of a list, the list's.
        toml: Its table.
        secrets: What must not be seen of it.
        clean: The address of its one article that may be shown; empty: it has none, or fails.
    """

    id: str
    toml: str
    secrets: tuple[str, ...]
    clean: str = ""


def planted(name: str) -> str:
    """A token of 22 letters and digits that looks as random as real ones do."""
    return base64.b64encode(blake2b(name.encode(), digest_size=32).digest(), b"xZ").decode()[:22]


def source(name: str, url: str, *lines: str, table: str = "source") -> str:
    """A table, republished in full: the more is told, the more could leak."""
    return "\n".join([f"[[{table}]]", f'id = "{name}"', f'url = "{url}"', 'republish = "full"', *lines, ""])


def basic(user: str, password: str = "") -> str:
    """What stands behind `Basic` (RFC 7617), without the padding."""
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def gated(body: bytes, authorization: str = "", name: str = "authorization") -> Callable[[Asked], list[Step]]:
    """Answers whoever shows the right credentials."""
    refusal = answer(b"who are you?", status="401 Unauthorized")
    return lambda asked: answer(body) if asked.field(name) == authorization else refusal


def all_cases(origins: Sequence[Origin]) -> Iterator[Case]:
    """Every source, spread over some hosts: one is asked only one thing at a time."""
    hosts = cycle(origins)
    for place in PLACES:
        for kind in BODIES:
            yield echoing(next(hosts), place, kind)
    yield from shaped(next(hosts))
    yield from lists(next(hosts))
    yield following(next(hosts))
    yield cut(next(hosts))
    yield from failures(hosts)


def echoing(origin: Origin, place: str, kind: str) -> Case:
    """A source with its token at that place, whose body is of that kind and says its own address throughout."""
    name = f"{place}-{kind}"
    token, host, path = planted(name), f"127.0.0.1:{origin.port}", f"/{place}/{kind}"
    userinfo, authorization, secrets, said, lines, field = "", "", [token], [], [], "authorization"
    match place:
        case "password" | "user" | "odd-password":
            token = f"p@s/{token}:+ é" if place == "odd-password" else token
            user, password = (token, "") if place == "user" else ("reader", token)
            userinfo = f"{quote(user, safe='')}:{quote(password, safe='')}@" if password else f"{user}@"
            authorization = f"Basic {basic(user, password)}"
            secrets.append(basic(user, password).rstrip("="))
        case "token" | "key" | "harmless":
            path += {"token": f"?page=1&token={token}", "key": f"?key={token}", "harmless": f"?feed={token}"}[place]
        case "cyrillic":
            secrets = [f"Секрет-{kind}-Ёжик-7"]
            path += f"?token={quote(secrets[0])}"
        case "path":
            path, lines = f"/{place}/{token}/{kind}", ["private = true"]
        case "auth-password":
            authorization = f"Basic {basic('reader', token)}"
            lines = [f'auth = {{ username = "reader", password = "{token}" }}']
            secrets.append(basic("reader", token).rstrip("="))
            said = [token, authorization]
        case "auth-bearer":
            authorization, lines = f"Bearer {token}", [f'auth = {{ bearer = "{token}" }}']
            said = [token, authorization]
        case "cookie":
            authorization, field = f"lang=ru; session={token}", "cookie"
            lines = [f'headers = {{ Cookie = "{authorization}" }}', "private = true"]
            said = [token, authorization]
        case "redirect":
            secrets.append(planted(f"second {name}"))
            first, path = f"{path}?token={token}", f"/redirected/{kind}?sig={secrets[1]}"
            origin.serve(first, b"", f"Location: {path}", status="302 Found")
    own = f"http://{userinfo}{host}{path}"
    clean = origin.url(f"/clean/{name}")
    origin.on(path, gated(BODIES[kind](own, clean, *said), authorization, field))
    url = origin.url(first) if place == "redirect" else own
    called = {"listing": "page", "article": "page", "paths": "json"}.get(kind, "feed")
    lines.append(f'kind = "{called}"')
    if kind == "paths":
        lines.append(PATHS)
    if kind == "listing":
        lines.append('select = { item = "article", link = "a", title = "h2", summary = "p" }')
    return Case(name, source(name, url, *lines), tuple(secrets), "" if kind == "article" else clean)


def shaped(origin: Origin) -> Iterator[Case]:
    """Tokens of many shapes in the path of a source that is said to be private."""
    for shape, token in SHAPES.items():
        clean, path = origin.url(f"/clean/{shape}"), f"/{token}/feed.rss"
        origin.serve(path, rss(origin.url(path), clean))
        yield Case(f"shape-{shape}", source(f"shape-{shape}", origin.url(path), "private = true"), (token,), clean)


def lists(origin: Origin) -> Iterator[Case]:
    """Subscription lists that name private sources, titles like their addresses included."""
    urls = {}
    for kind in ("opml", "lines", "private-list"):
        token = planted(f"listed {kind}")
        path = f"/listed/{token}/rss" if kind == "private-list" else f"/listed/{kind}?token={token}"
        clean = origin.url(f"/clean/listed-{kind}")
        urls[kind] = (origin.url(path), token, clean)
        origin.serve(path, rss(origin.url(path), clean))
    url, token, clean = urls["opml"]
    own, keyed = html.escape(url), planted("list opml")
    outline = f'<outline type="rss" text="{own}" title="{own}" description="{own}" xmlUrl="{own}" htmlUrl="{own}"/>'
    head, body = f"<head><title>{own}</title></head>", f'<body><outline text="{own}">{outline}</outline></body>'
    at = origin.serve(f"/lists/opml?token={keyed}", f'<opml version="2.0">{head}{body}</opml>'.encode())
    yield Case("list-titles", source("list-titles", at, table="list"), (token, keyed), clean)
    url, token, clean = urls["lines"]
    at = origin.serve("/lists/lines", f"# {url}\n{url} {url}\n".encode())
    yield Case("list-lines", source("list-lines", at, table="list"), (token,), clean)
    url, token, clean = urls["private-list"]
    at = origin.serve(f"/listed/{token}/all", url.encode())
    yield Case("list-private", source("list-private", at, "private = true", table="list"), (token,), clean)


def following(origin: Origin) -> Case:
    """A listing whose article pages want the token, too."""
    token = planted("following")
    clean, keyed = origin.url("/followed"), origin.url(f"/followed?token={token}")
    before, after = (f'<link rel="canonical" href="{it}">'.encode() for it in (keyed, clean))
    own_words = " ".join(reversed(PAGE.split()))  # else it is the story that another page tells
    page = article(keyed, keyed).replace(PAGE.encode(), own_words.encode())
    origin.serve(f"/followed?token={token}", page.replace(before, after))
    body = f'<article><h2>Followed</h2><a href="/followed?token={token}">read</a></article>'
    url = origin.serve(f"/following?token={token}", f"<html><body>{body}</body></html>".encode())
    select = 'select = { item = "article", link = "a", title = "h2", follow = true }'
    return Case("following", source("following", url, 'kind = "page"', select), (token,), clean)


def cut(origin: Origin) -> Case:
    """A title that is cut to its first 1,000 characters right inside the token."""
    token, clean = planted("cut"), origin.url("/clean/cut")
    path = f"/cut?token={token}"
    title = "A" * (1000 - 16 - 1 - origin.url(path).index(token)) + " " + origin.url(path)
    item = f"<item><title>{title}</title><guid>cut</guid><description>{PROSE}</description></item>"
    origin.serve(path, rss(origin.url(path), clean).replace(b"<item>", item.encode() + b"<item>", 1))
    return Case("cut", source("cut", origin.url(path)), (token,), clean)


def failures(hosts: Iterator[Origin]) -> Iterator[Case]:
    """Sources that fail, each in another way, and say their token while they do."""

    def failing(name: str, *steps: Step, url: str = "", kind: str = "auto", auth: str = "") -> Case:
        origin, token = next(hosts), planted(f"failing {name}")
        filled = [step.replace(b"TOKEN", token.encode()) if isinstance(step, bytes) else step for step in steps]
        script = url.replace("TOKEN", token) or origin.script(f"/failing/{name}?token={token}", *filled)
        lines = [
            f'kind = "{kind}"',
            *([PATHS] if kind == "json" else []),
            *([f"auth = {auth}".replace("TOKEN", token)] if auth else []),
        ]
        return Case(f"fails-{name}", source(f"fails-{name}", script, *lines), (token,))

    def own(name: str) -> bytes:
        return f"/failing/{name}?token=TOKEN".encode()

    offer = b'<link rel="alternate" type="application/rss+xml" title="TOKEN" href="/feed?token=TOKEN">'
    login = '{ username = "TOKEN", password = "TOKEN" }'
    yield failing("404", *answer(own("404"), status="404 TOKEN"))
    yield failing("410", *answer(own("410"), status="410 TOKEN"))
    yield failing("401", *answer(b"", 'WWW-Authenticate: Basic realm="TOKEN"', status="401 TOKEN"), auth=login)
    yield failing("500", *answer(own("500"), "Retry-After: TOKEN", status="500 TOKEN"))
    yield failing("refused", url=f"http://127.0.0.1:{free_port()}/x?token=TOKEN")
    yield failing("unknown-host", url="http://reader:TOKEN@nowhere.invalid/")
    yield failing("hidden-host", url="http://10.0.0.1/?token=TOKEN")
    yield failing("bad-port", url="http://127.0.0.1:0/?token=TOKEN")
    yield failing("gzip", *answer(b"\x1f\x8b\x08\0TOKEN" * 9, "Content-Encoding: gzip"))
    yield failing("coding", *answer(b"x", "Content-Encoding: TOKEN"))
    yield failing("short", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<rss>TOKEN")
    yield failing("no-http", b"TOKEN\r\n\r\n")
    yield failing("no-feed", *answer(b"<html><title>TOKEN</title><body><p>TOKEN " + own("no-feed")))
    yield failing("offer", *answer(b"<html><head>" + offer + b"</head><body>x"), kind="feed")
    yield failing("malformed", *answer(b"<rss><channel><TOKEN a=TOKEN <<< &TOKEN; ]]>" + own("malformed")))
    yield failing("entity", *answer(b'<!DOCTYPE r [<!ENTITY x SYSTEM "' + own("entity") + b'">]><rss>&x;&TOKEN;'))
    yield failing("json", *answer(b'{"version": "https://jsonfeed.org/version/1.1", "TOKEN": ' + own("json")))
    yield failing("paths", *answer(b'{"TOKEN": [], "' + own("paths") + b'": 1}'), kind="json")
    yield failing("charset", *answer(b"<rss>\xff\xfe", "Content-Type: text/xml; charset=TOKEN"))
    yield failing("empty", *answer(b""))
    yield failing("loop", *answer(b"", "Location: ?token=" + planted("failing loop"), status="302 Found"))
    yield failing("to-ftp", b"HTTP/1.1 301 M\r\nLocation: ftp://reader:TOKEN@x/TOKEN\r\nContent-Length: 0\r\n\r\n")
    yield failing("to-10", b"HTTP/1.1 301 M\r\nLocation: http://10.1.2.3/?token=TOKEN\r\nContent-Length: 0\r\n\r\n")
    yield failing("to-404", b"HTTP/1.1 307 M\r\nLocation: /nowhere?sig=TOKEN\r\nContent-Length: 0\r\n\r\n")
    yield failing("hang", b"HTTP/1.1 200 OK\r\n", HANG)
    yield failing("large", *answer(b"<rss>TOKEN" * 30_000))
    yield failing("list", *answer(b"<html>TOKEN" + own("list")), kind="list")
    yield failing("bad-list", *answer(b"ftp://TOKEN\nfile:/TOKEN\nTOKEN\n"), kind="list")


FAILURE_KINDS = (
    *("status", "gone", "connect", "dns", "forbidden", "malformed", "truncated", "no-feed", "empty", "redirect"),
    *("timeout", "too-large"),
)
"""Classes of failure that `failures` brings about."""
