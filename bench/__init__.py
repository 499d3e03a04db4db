"""Measurements, each beside a limit of the same machine in the same run. See bench/README.md."""
