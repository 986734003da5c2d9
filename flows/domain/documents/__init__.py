"""The papers: the facts of each kind put into the context of its template."""

from flows.domain.catalogue.called_for import kinds_for

__all__ = ["kinds_for"]
