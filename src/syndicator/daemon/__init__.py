"""The background service: ticks, signals, supervision, the control door."""
