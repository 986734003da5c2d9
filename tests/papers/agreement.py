"""A printed paper held against what docxtpl prints from the same template: the same words, whatever is mended beside them."""

from __future__ import annotations

import io

import jinja2
from docxtpl import DocxTemplate

from flows.domain.errors import Refused
from flows.papers import render, values
from flows.papers.tag_filters import FILTERS
from tests.papers.invented import REFUSED, Template, words
from tests.papers.walker import faults_of, lines

# What is meant to differ from docxtpl's words. Each is taken out of the template that docxtpl is given (`Template.usual`).
MEANT = {
    "ns0": "a file whose names have another prefix: docxtpl does not see its tags",
    "indents": "blanks between the elements of a file: docxtpl leaves a tag over two runs as it is",
    "document2": "the document under another name: printed under the usual one",
    "notes": "a note whose sign a loop repeats: docxtpl leads every sign to one note, and Word calls that damage",
    "rPrChange": "a change of a run's font with a break in its value: docxtpl writes no XML there",
}


def reference(data):
    """What docxtpl prints with our filters and our way to print a value."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, finalize=values.escaped)
    environment.filters.update(FILTERS)
    paper = DocxTemplate(io.BytesIO(data))
    paper.render(words(), environment)
    told = io.BytesIO()
    paper.save(told)
    return told.getvalue()


def said(data):
    """The words of a paper, part by part; a part that says nothing is no part."""
    return {
        name: list(dict.fromkeys(text)) if "notes" in name else text
        for name, text in lines(data).items()
        if text
    }


def tried(seed, most=None):
    """Print from a made-up template; return the template, the paper or the refusal, and what is wrong with it."""
    template = Template(seed, most)
    try:
        paper = render(template.data, words())
    except Refused as refusal:
        place = REFUSED[template.refused][1] if template.refused else ""
        return template, None, [] if place and place in str(refusal) else [f"отказ: {refusal}"]
    wrong = faults_of(paper)
    if template.refused:
        wrong.append(f"напечатано: {template.refused}")
    if render(template.data, words()) != paper:
        wrong.append("второй раз печатается иначе")
    if said(paper) != said(reference(template.usual)):
        wrong.append("слова не те, что у docxtpl")
    return template, paper, wrong
