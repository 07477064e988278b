"""The one composer: it knows that the rooms exist, and carries what one finds to the next."""

from syndicator.pipeline.health import Health, health
from syndicator.pipeline.publishing import channel_sources, publish
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.record import Report

__all__ = ["Health", "Pump", "Report", "channel_sources", "health", "publish"]
