"""Blind repeats are seen: what doubles its effect and went out twice, without a look and without a refusal in between."""

from __future__ import annotations

import json

import pytest

from flows.office import Request, Response
from tests.faults.resending import Recorder

BATCH = Request("POST", "/v4/spreadsheets/book:batchUpdate", {}, b'{"requests": [1]}')
OTHER = Request("POST", "/v4/spreadsheets/book:batchUpdate", {}, b'{"requests": [2]}')
LOOK = Request("GET", "/v4/spreadsheets/book")
BOOK = Request("POST", "/drive/v3/files", {}, json.dumps({"name": "Книга"}).encode())
FILE = Request("POST", "/upload/drive/v3/files", {}, b'--x\r\n\r\n{"id": "one", "name": "a"}\r\n--x')


def told(*requests, refused=()):
    recorder = Recorder(lambda number, _: Response(429) if number in refused else None)
    for each in requests:
        recorder(0, each)
    return recorder.blind()


@pytest.mark.parametrize("twice", [BATCH, BOOK])
def test_what_was_sent_again_without_a_look_is_named(twice):
    assert len(told(twice, twice)) == 1
    assert told(twice, LOOK, twice) == []
    assert told(twice, twice, refused={1}) == []


def test_what_may_be_repeated_and_what_is_another_request_is_not_named():
    assert told(FILE, FILE) == []
    assert told(BATCH, OTHER) == []
