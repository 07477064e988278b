import tomllib
from pathlib import Path

from syndicator.config import Vocabulary
from syndicator.config.misfit import MisfitError
from syndicator.config.schema import ARRAYS, TABLES, options, read, shapes
from syndicator.model.noun import Noun, names
from syndicator.model.settings import Channel, FetchSettings, Keep, Paths, Schedule, Site
from syndicator.model.source import Auth, JsonPath, JsonPaths, JsonTemplate, Select, Selector, Source

DOCUMENT = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_a_shape_has_the_fields_and_defaults_of_the_model(vocabulary: Vocabulary) -> None:
    shape = shapes(tuple(vocabulary.kinds), vocabulary.formats)
    assert set(shape) == {*TABLES, *ARRAYS, "auth", "operator"}
    for name, model in (
        ("site", Site),
        ("fetch", FetchSettings),
        ("schedule", Schedule),
        ("keep", Keep),
        ("auth", Auth),
    ):
        settings = read(shape[name], {})
        assert isinstance(settings, dict)
        assert model(**settings) == model()
    channel = read(shape["channel"], {"id": "a"})
    assert isinstance(channel, dict)
    assert Channel(**channel) == Channel(id="a")


def test_every_setting_is_documented(vocabulary: Vocabulary) -> None:
    text = DOCUMENT.read_text()
    models = (Site, Paths, FetchSettings, Schedule, Channel, Source, Auth, Select, JsonPaths)
    fields = {name for model in models for name in names(model)} - {"parent", "own_hub", "paths"}  # as `select`
    shape = shapes(tuple(vocabulary.kinds), vocabulary.formats)
    settings = {name for table in shape.values() for name in table}
    missing = {name for name in fields | settings if f"| `{name}`" not in text}
    assert not missing
    assert not {table for table in TABLES if f"[{table}]" not in text}
    assert not {table for table in ARRAYS if f"[[{table}]]" not in text}


def test_a_new_kind_brings_its_options_along() -> None:
    class Mail(Noun):
        folder: str = ""
        element: Selector = Selector("article")
        place: JsonPath = JsonPath("a.b")
        text: JsonTemplate = JsonTemplate("")
        unread: bool = False

    settings = read(options(Mail), {"unread": True, "text": "/{a.b}"})
    assert isinstance(settings, dict)
    assert Mail(**settings) == Mail(unread=True, text=JsonTemplate("/{a.b}"))
    wrong = {"unred": True, "folder": "\0", "element": "a[", "place": "{a}", "text": "{a..b}", "unread": 1}
    faults = read(options(Mail), wrong)
    assert isinstance(faults, tuple)
    assert [fault.keys for fault in faults] == [
        (it,) for it in ("folder", "element", "place", "text", "unread", "unred")
    ]
    assert all(isinstance(fault, MisfitError) for fault in faults)


def test_lists_become_tuples_without_repeats(vocabulary: Vocabulary) -> None:
    shape = shapes(tuple(vocabulary.kinds), vocabulary.formats)
    settings = read(shape["channel"], {"id": "a", "tags": ["x", "y", "x"], "formats": ["rss", "rss"]})
    assert isinstance(settings, dict)
    assert (settings["tags"], settings["formats"]) == (("x", "y"), ("rss",))


def test_a_list_or_table_written_otherwise_is_told_with_an_example_that_fits(vocabulary: Vocabulary) -> None:
    shape = shapes(tuple(vocabulary.kinds), vocabulary.formats)
    told = set()
    for name, table in shape.items():
        for setting in table:
            faults = read(table, {setting: "x"})
            assert isinstance(faults, tuple) or setting not in {"tags", "auth"}
            for fault in faults if isinstance(faults, tuple) else ():
                _, found, example = fault.message.partition(", such as ")
                if found and fault.message.startswith(("expected a list", "expected a table")):
                    told.add(setting)
                    value = tomllib.loads(f"{setting} = {example}")
                    again = read(table, value)
                    assert isinstance(again, dict) or not any(it.keys[:1] == (setting,) for it in again), (name, again)
    assert told == {
        "allow_networks",
        "auth",
        "drop_lines",
        "formats",
        "headers",
        "hub_networks",
        "hubs",
        "keep_lines",
        "languages",
        "operator",
        "select",
        "social",
        "social_deny",
        "sources",
        "tags",
    }
