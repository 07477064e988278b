"""The data file is sound: a slip in it would break an address, or every address, at run time."""

import string

import pytest

from syndicator.social.table import Platform, compiled, table

PLATFORMS = {
    id(platform): platform
    for rows in (*table().hosts.values(), *table().parents.values())
    for pair in rows
    for platform in pair
    if isinstance(platform, Platform)
}.values()
RULES = [(platform.id, rule) for platform in PLATFORMS for rule in platform.rules]


def test_every_platform_has_an_address_and_a_name():
    names = {platform.id: platform.name for platform in PLATFORMS}

    assert len(names) >= 50
    assert all(names.values())
    assert set(table().labels.values()) <= {*names, "unknown"}


@pytest.mark.parametrize(("platform", "rule"), RULES, ids=lambda it: it if isinstance(it, str) else it.path)
def test_a_canonical_address_is_made_of_what_the_rule_captures(platform, rule):
    captured = {*compiled(rule.path).groupindex, "host"}
    captured |= {name for _, pattern in rule.query if pattern for name in compiled(pattern).groupindex}

    assert {name for _, name, _, _ in string.Formatter().parse(rule.canonical) if name} <= captured, platform
    assert rule.kind != "profile" or "h" in captured, platform


@pytest.mark.parametrize("label", ["дзен", "дзене", "телеграму", "ютуба", "vk", "новости"])
def test_russian_names_are_declined(label):
    assert label in table().labels


def test_latin_and_short_names_are_not():
    assert not {"vkе", "telegramе", "вке", "одноклассникие"} & table().labels.keys()
