"""The background service: periodic jobs, signals, supervision, the control socket."""
