"""A registered paper closed to editing: the Word file itself says that it is for reading, whatever opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.package import W, tree_of, unpacked
from flows.papers.zipped import archive, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS, TYPES, RELATIONS = "word/settings.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
SETTINGS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings"
TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LEVEL = 6
# What stands before the protection in the settings of a Word file (ECMA-376, CT_Settings); it is a sequence.
BEFORE = frozenset(
    f"{W}{name}"
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
        "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts",
        "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState",
        "formsDesign", "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
        "revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting",
    )
)  # fmt: skip


def closed(data: bytes) -> bytes:
    """Return the paper with its editing shut; no word of it changes, and a closed one comes back byte for byte.

    Word opens it for reading and asks to stop the protection before anything is typed. Raise `Refused` for what is no
    Word file.
    """
    members = dict(unpacked(data, "Документ"))
    changed = _settings(members)
    if not changed:
        return data
    return archive((name, pack(content, LEVEL)) for name, content in (members | changed).items())


def _settings(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts that change: the settings, and where a file has none, what names them."""
    here = members.get(SETTINGS)
    tree = etree.Element(f"{W}settings", nsmap={"w": W[1:-1]}) if here is None else tree_of(here, "Документ")
    known = tree.find(f"{W}documentProtection")
    if (
        known is not None
        and known.get(f"{W}edit") == "readOnly"
        and known.get(f"{W}enforcement") in {"1", "true", "on"}
    ):
        return {}
    if known is not None:
        tree.remove(known)
    shut = etree.Element(f"{W}documentProtection", {f"{W}edit": "readOnly", f"{W}enforcement": "1"})
    tree.insert(sum(child.tag in BEFORE for child in tree), shut)
    return {SETTINGS: _spelt(tree), **(_named(members) if here is None else {})}


def _named(members: Mapping[str, bytes]) -> dict[str, bytes]:
    types = tree_of(members[TYPES], "Документ")
    etree.SubElement(types, f"{TYPES_SPACE}Override", PartName=f"/{SETTINGS}", ContentType=SETTINGS_TYPE)
    relations = (
        tree_of(members[RELATIONS], "Документ")
        if RELATIONS in members
        else etree.fromstring(f'<Relationships xmlns="{RELATIONS_SPACE[1:-1]}"/>')
    )
    told = {"Id": "rIdSettings", "Type": RELATION, "Target": "settings.xml"}
    etree.SubElement(relations, f"{RELATIONS_SPACE}Relationship", told)
    return {TYPES: _spelt(types), RELATIONS: _spelt(relations)}


def _spelt(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
