"""The rules by which a note concludes: one small function each, listed in `conclusions`; thresholds stand in `config/monitoring.toml`."""
