"""The three ways anything here may fail, by what the caller may do; every text is a Russian sentence.

    Exception
    ├── Misconfigured  a person must mend settings, access or a file before any retry makes sense (exit 2)
    ├── TryLater       nothing is wrong with the data: the same call may be repeated later
    └── Refused        this one thing cannot be done; everything else goes on

Texts carry keys, cells and file names of ours, never what a person typed about people.
"""

from __future__ import annotations


class Misconfigured(Exception):  # noqa: N818 - named by what the caller may do
    """Settings, rights or a file stand in the way: a person has to act first."""


class Newer(Misconfigured):
    """A book was made by a newer program than this one."""


class Binned(Misconfigured):
    """A folder or a book lies in the bin."""


class Forbidden(Misconfigured):
    """The account may not do this here: the owner has to open it."""


class TryLater(Exception):  # noqa: N818 - named by what the caller may do
    """The other side does not answer or is busy: repeat later, nothing is lost."""


class Refused(Exception):  # noqa: N818 - named by what the caller may do
    """One document, row or template cannot be served; the rest can."""


class Needless(Refused):
    """A paper has nothing to say, and nobody has to mend anything for it."""
