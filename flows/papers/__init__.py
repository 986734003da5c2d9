"""From a Word template and a context to the bytes of a paper."""

from flows.papers.annotate import annotated
from flows.papers.check import check
from flows.papers.fingerprint import fingerprint
from flows.papers.rendering import render

__all__ = ["annotated", "check", "fingerprint", "render"]
