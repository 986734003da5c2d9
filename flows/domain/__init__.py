"""The pure core: values in, values and problems out; no clock, no network, no files."""
