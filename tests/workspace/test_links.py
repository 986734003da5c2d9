"""Addresses as people paste them: the file they name, the tab they name, or what they are instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.domain.errors import Refused
from flows.workspace.links import Link, on_this_computer, parse

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789ab"
DOCS, DRIVE = "https://docs.google.com", "https://drive.google.com"


@pytest.mark.parametrize(
    "address",
    [
        ID, f"  {ID}\n", f"{DOCS}/document/d/{ID}/edit#heading=h.1abc", f"{DOCS}/document/d/{ID}/edit?usp=sharing",
        f"{DOCS}/document/d/{ID}", f"{DOCS}/document/u/1/d/{ID}/edit", f"{DOCS}/document/d/{ID}/mobilebasic", f"{DOCS}/a/sadik.ru/document/d/{ID}/view",
        f"{DOCS}/document/d/{ID}/edit?tab=t.0", f"{DRIVE}/file/d/{ID}/view?usp=drive_link", f"{DRIVE}/file/u/2/d/{ID}/view", f"{DRIVE}/open?id={ID}",
        f"{DRIVE}/open?usp=drive_fs&id={ID}", f"{DRIVE}/uc?id={ID}&export=download", f"https://drive.usercontent.google.com/download?id={ID}&export=download",
        f"docs.google.com/document/d/{ID}/edit", f"Наша карта: {DOCS}/document/d/{ID}/edit.", f"<{DOCS}/document/d/{ID}/edit>", f"«{DOCS}/document/d/{ID}/edit»",
        f"https://www.google.com/url?q=https%3A%2F%2Fdocs.google.com%2Fdocument%2Fd%2F{ID}%2Fedit&sa=D&source=docs",
        f"https://accounts.google.com/ServiceLogin?service=wise&continue=https%3A%2F%2Fdocs.google.com%2Fdocument%2Fd%2F{ID}%2Fedit", f"HTTPS://DOCS.GOOGLE.COM/document/d/{ID}/edit",
    ],
)  # fmt: skip
def test_every_address_of_a_file_names_it(address):
    assert parse(address) == Link(ID)


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        (f"{DOCS}/spreadsheets/d/{ID}/edit?gid=77#gid=77", 77), (f"{DOCS}/spreadsheets/d/{ID}/edit#gid=0", 0), (f"{DOCS}/spreadsheets/d/{ID}/edit?gid=5&range=A1", 5),
        (f"{DOCS}/spreadsheets/u/0/d/{ID}/htmlview?pli=1#gid=9&range=B2", 9), (f"{DOCS}/spreadsheets/d/{ID}/edit?usp=sharing", None), (f"{DOCS}/spreadsheets/d/{ID}/export?format=xlsx&gid=3", 3),
    ],
)  # fmt: skip
def test_an_address_of_a_table_names_the_tab_that_was_open(address, tab):
    assert parse(address) == Link(ID, tab)


def test_the_key_of_files_shared_long_ago_goes_along():
    assert parse(f"{DRIVE}/file/d/{ID}/view?resourcekey=0-AbC_d") == Link(ID, None, "0-AbC_d")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{DRIVE}/drive/folders/{ID}?usp=sharing", "папка"), (f"{DRIVE}/drive/u/1/folders/{ID}", "папка"), (f"{DOCS}/presentation/d/{ID}/edit#slide=id.p", "презентация"),
        (f"{DOCS}/forms/d/{ID}/edit", "Посмотреть в Таблицах"), (f"{DOCS}/forms/d/e/1FAIpQL{ID}/viewform", "Посмотреть в Таблицах"), ("https://forms.gle/AbCdEfGh12", "Посмотреть в Таблицах"),
        (f"{DOCS}/drawings/d/{ID}/edit", "рисунок"), (f"{DOCS}/document/d/e/2PACX-1v{ID}/pub", "опубликованную"), (f"{DOCS}/spreadsheets/d/e/2PACX-1v{ID}/pubhtml", "опубликованную"),
        (f"{DRIVE}/drive/my-drive", "нет кода файла"), (f"{DOCS}/document/u/0/", "нет кода файла"), (f"{DOCS}/document/d/", "нет кода файла"),
        ("https://disk.yandex.ru/i/AbCdEfGhIjKl", "Яндекс Диск"), ("disk.yandex.ru/d/AbCdEfGhIjKl", "Яндекс Диск"), ("https://yadi.sk/i/AbC", "Яндекс Диск"), ("https://docs.yandex.ru/docs/view?url=ya-disk", "Яндекс Документы"),
        ("https://cloud.mail.ru/public/AbC/dEf", "Mail.ru"), ("https://sadik-my.sharepoint.com/:w:/g/personal/x", "OneDrive"), ("https://1drv.ms/w/s!AbC", "OneDrive"),
        ("https://www.dropbox.com/s/abc/plan.docx?dl=0", "Dropbox"), ("https://sadik45.edu.ru/docs/plan.docx", "не в Google"), ("http://[::1", "нет кода файла"),
        ("https://www.google.com/url?q=https%3A%2F%2Fdisk.yandex.ru%2Fi%2Fx", "Яндекс Диск"), ("https://google.com/search?q=карта", "не в Google"),
        (f"https://docs.google.com.evil.example/document/d/{ID}", "не в Google"), (f"https://evil.example/docs.google.com/document/d/{ID}", "не в Google"),
    ],
)  # fmt: skip
def test_an_address_of_anything_else_is_told_for_what_it_is(address, said):
    with pytest.raises(Refused, match=said) as refusal:
        parse(address)
    assert "http" not in str(refusal.value)


def test_a_path_is_told_from_an_address(tmp_path):
    here = tmp_path / "Дорожная карта.docx"
    assert on_this_computer(str(here)) == here
    assert on_this_computer(here.as_uri()) == here
    assert on_this_computer("План.docx") == Path("План.docx")
    assert on_this_computer(r"C:\Документы\План.docx") is not None
    for address in (
        f"{DOCS}/document/d/{ID}/edit",
        f"docs.google.com/document/d/{ID}",
        "disk.yandex.ru/i/x",
        ID,
    ):
        assert on_this_computer(address) is None
    (tmp_path / ID).write_bytes(b"")
    assert on_this_computer(str(tmp_path / ID)) is not None
