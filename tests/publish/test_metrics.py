"""What Prometheus reads: by its own parser."""

from datetime import timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from support.builders import MOMENT
from syndicator.model.overview import Counts, Fault, Overview, Service, Standing, Trouble
from syndicator.publish.metrics import render_metrics

COUNTS = Counts(
    began=MOMENT,
    polls={"read": 3, "not_modified": 40, "same": 0, "failed": 2, "put_off": 1},
    pages={"read": 5},
    changes={"new": 9, "copy": 4, "changed": 1, "deleted": 0, "merged": 0},
    delays=(2, 5, 9, 13, 13, 13, 13, 14, 14),
    delay=75.5,
    forged=7,
    bugs=1,
)
STANDINGS = (
    Standing(source_id="nsn", title="НСН", status="ok", articles=12, succeeded_at=MOMENT),
    Standing(source_id="ria", title="РИА", status="failing", articles=3, failures=4),
    Standing(source_id="club", title="Клуб", status="silent", succeeded_at=MOMENT - timedelta(days=30)),
)
HUB = 'https://hub.example/"\\\n'
TROUBLE = Trouble(kind="failing", subject="ria", message="It failed.")
SERVICE = Service(counts=COUNTS, hubs={HUB: "It is away.", "b": ""}, complaints=("The disk is full.",), under_way=6)
OVERVIEW = Overview(
    at=MOMENT,
    service=SERVICE,
    standings=STANDINGS,
    faults=(
        Fault(number=2, trouble=TROUBLE, began=MOMENT),
        Fault(number=1, trouble=TROUBLE, began=MOMENT, ended=MOMENT),
    ),
    open_faults=(Fault(number=2, trouble=TROUBLE, began=MOMENT), Fault(number=0, trouble=TROUBLE, began=MOMENT)),
    database=4096,
)


def samples(overview: Overview) -> dict[tuple[str, ...], float]:
    """Values by name and labels."""
    families = text_string_to_metric_families(render_metrics(overview).decode())
    return {(it.name, *it.labels.values()): it.value for family in families for it in family.samples}


def test_each_figure_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    families = text_string_to_metric_families(render_metrics(OVERVIEW).decode())
    found = {(it.name, f"{it.name}_total") for it in families if it.name.startswith("syndicator_")}
    assert len(found) > 15
    assert not [names for names in found if not any(f"`{it}{end}" in text for it in names for end in "`{")]


def test_each_figure_is_there_under_its_name() -> None:
    found = samples(OVERVIEW)
    expected = {
        ("syndicator_complaints",): 1,
        ("syndicator_configuration_mistaken",): 0,
        ("syndicator_faults", "failing"): 2,
        ("syndicator_faults", "silent"): 0,
        ("syndicator_hub_failing", HUB): 1,
        ("syndicator_hub_failing", "b"): 0,
        ("syndicator_under_way",): 6,
        ("syndicator_database_bytes",): 4096,
        ("syndicator_sources", "ok"): 1,
        ("syndicator_sources", "failing"): 1,
        ("syndicator_sources", "silent"): 1,
        ("syndicator_sources", "waiting"): 0,
        ("syndicator_sources", "new"): 0,
        ("syndicator_articles_stored",): 15,
        ("syndicator_source_failures", "ria"): 4,
        ("syndicator_source_failures", "nsn"): 0,
        ("syndicator_source_last_success_timestamp_seconds", "nsn"): MOMENT.timestamp(),
        ("syndicator_requests_total", "source", "not_modified"): 40,
        ("syndicator_requests_total", "source", "put_off"): 1,
        ("syndicator_requests_total", "page", "read"): 5,
        ("syndicator_articles_total", "copy"): 4,
        ("syndicator_hub_calls_forged_total",): 7,
        ("syndicator_bugs_total",): 1,
        ("syndicator_publish_delay_seconds_bucket", "5.0"): 13,
        ("syndicator_publish_delay_seconds_bucket", "+Inf"): 14,
        ("syndicator_publish_delay_seconds_count",): 14,
        ("syndicator_publish_delay_seconds_sum",): 75.5,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert ("syndicator_source_last_success_timestamp_seconds", "ria") not in found, "it never gave anything"
    assert found["process_resident_memory_bytes",] > 0


def test_every_family_says_what_it_is() -> None:
    families = [*text_string_to_metric_families(render_metrics(OVERVIEW).decode())]
    assert [it.name for it in families if not it.documentation or it.type in {"", "unknown", "untyped"}] == []
