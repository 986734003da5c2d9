"""The kinds of documents: what a row calls for, the catalogue, and one small builder for each kind that is made."""

from flows.domain.documents.catalogue import Builder, Kind
from flows.domain.kinds import kinds_for

__all__ = ["Builder", "Kind", "kinds_for"]
