"""The names under which a file of ours says in its own properties what it is: nothing else has to remember it.

Drive keeps them apart for each program (`appProperties`); the office keeps them in its sidecar.
"""

from __future__ import annotations

ORGANISATION, ROLE = "nastavnik_org", "nastavnik_role"
"""Whose it is; and of what is no paper, what it is: a folder, the book, a PDF."""
KEY, VERSION, NUMBER = "nastavnik_key", "nastavnik_version", "nastavnik_number"
"""Of a paper: its key or, when that is too long for Drive, the key's hash; its version; the number of its draft."""
SAID, LEFT = "nastavnik_sha", "nastavnik_md5"
"""The fingerprint of what a file was printed from, and the MD5 of the bytes we left: other bytes are people's."""
COVERS, FIELDS = "nastavnik_covers", "nastavnik_fields"
"""What a paper speaks of and the fields it was printed from, in pieces that are numbered behind the name."""
TEMPLATE, LAW = "nastavnik_template", "nastavnik_law"
"""Of a copy of a template: which of ours it is, and the paragraphs of law that ours had then."""
ASIDE, TOOK = "nastavnik_aside", "nastavnik_took"
"""Of a copy that became ours by an answer: where staff's own is laid, and to which question that was."""
