"""The templates and the papers they make: in step with their script, whole, with nothing left over, worded as agreed."""

import hashlib
import importlib.util
import io
import posixpath
import re
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.papers import render
from tests.paper_lines import lines

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
GOLDEN = Path(__file__).parent / "golden"
LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|None|Undefined|\bnull\b|\d{4}-\d\d-\d\d|True|False|  ,| \.|\.\.(?!\.)|,,|\(\)"
)


def script():
    spec = importlib.util.spec_from_file_location("make_templates", TEMPLATES / "make.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_templates"] = module
    spec.loader.exec_module(module)
    return module


PAPERS = script().PAPERS


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def paper(kind, pairs=3):
    context = BUILDERS[kind](specimen(kind, SUBJECTS[kind], pairs))
    return render(TEMPLATES / f"{kind}.docx", requisites(context, draft="ПР-2026-017"))


@pytest.mark.parametrize("kind", PAPERS)
def test_a_template_is_what_its_script_makes(kind):
    assert members((TEMPLATES / f"{kind}.docx").read_bytes()) == members(PAPERS[kind].content())


def test_the_doctor_knows_the_templates_as_they_are_shipped():
    lines = (TEMPLATES / "shipped.sha256").read_text("utf-8").splitlines()
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in TEMPLATES.glob("*.docx")}
    assert {name: digest for digest, name in map(str.split, lines)} == made


def test_every_kind_has_a_template_and_every_template_a_kind():
    assert {path.stem for path in TEMPLATES.glob("*.docx")} == set(BUILDERS) == set(PAPERS)


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_text_is_the_one_agreed_on(kind):
    assert "\n".join(lines(paper(kind))) + "\n" == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.sampled
@pytest.mark.parametrize("pairs", [1, 3, 30])
@pytest.mark.parametrize("kind", BUILDERS)
def test_nothing_is_left_over(kind, pairs):
    text = lines(paper(kind, pairs))
    assert not [line for line in text if LEFT_OVER.search(line)]
    assert not [
        at for at, line in enumerate(text) if not line.strip() and not "".join(text[at : at + 2]).strip()
    ]
    assert not [line for line in text if re.search(r"[!?,;:]\s*[!?,;:.]", line)]


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_file_is_whole(kind):
    parts = members(paper(kind))
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    assert named <= parts.keys()
    for name, content in parts.items():
        if name.endswith(".xlsx"):
            continue
        tree = etree.fromstring(content)
        if name.endswith(".rels"):
            folder = name.split("_rels/")[0]
            assert {posixpath.normpath(folder + each.get("Target")) for each in tree} <= parts.keys()


@pytest.mark.parametrize("kind", BUILDERS)
def test_looks_live_in_named_styles(kind):
    tree = etree.fromstring(members((TEMPLATES / f"{kind}.docx").read_bytes())["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    runs = {child.tag for properties in tree.iter(f"{w}rPr") for child in properties}
    assert runs <= {f"{w}rStyle"}
    assert all(paragraph.find(f"{w}pPr/{w}pStyle") is not None for paragraph in tree.iter(f"{w}p"))


def test_the_reference_of_templates_is_what_its_script_writes():
    spec = importlib.util.spec_from_file_location("reference_of_templates", TEMPLATES / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (TEMPLATES / "README.md").read_text(encoding="utf-8") == module.text()
