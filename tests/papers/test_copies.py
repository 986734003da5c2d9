"""A curator gets copies of faulty templates with comments where to mend what; the originals stay as they were."""

import docx
import pytest
from conftest import word

from flows import cli, settings
from flows.domain.errors import Misconfigured
from flows.papers.copies import annotate_into, kind_of

KINDS = settings.catalogue()


def told(arguments, capsys):
    code = cli.cli(arguments, standalone_mode=False)
    return code, capsys.readouterr().out


def test_a_faulty_template_gets_a_copy_with_a_comment_and_stays_itself(tmp_path, capsys):
    file = tmp_path / "order.pairs.docx"
    file.write_bytes(before := word("{{ учебный_гд }}", "{{ руководитель.винн }}"))
    code, said = told(["templates", "check", str(file), "--annotate", str(tmp_path / "копии")], capsys)
    copy = docx.Document(str(tmp_path / "копии" / "order.pairs.docx"))
    assert (code, file.read_bytes()) == (1, before)
    assert "Копий с примечаниями: 1" in said
    assert ["«учебный_год»" in comment.text or "«вин»" in comment.text for comment in copy.comments] == [
        True,
        True,
    ]


def test_a_sound_template_gets_none(tmp_path, capsys):
    file = tmp_path / "Приказ о закреплении наставнических пар.docx"
    file.write_bytes(word("{{ пары[0].наставник.вин }}"))
    code, said = told(["templates", "check", str(file), "--annotate", str(tmp_path / "копии")], capsys)
    assert (code, "Ошибок нет" in said, (tmp_path / "копии").exists()) == (0, True, False)


def test_copies_never_stand_in_for_their_templates(tmp_path):
    file = tmp_path / "order.pairs.docx"
    file.write_bytes(word("{{ учебный_гд }}"))
    with pytest.raises(Misconfigured, match="другую папку"):
        annotate_into(tmp_path, [file], KINDS)


def test_what_is_no_word_file_gets_no_copy(tmp_path):
    file = tmp_path / "order.pairs.docx"
    file.write_bytes(b"PK")
    assert annotate_into(tmp_path / "копии", [file], KINDS) == 0


def test_a_file_is_known_by_id_or_by_title(tmp_path):
    assert (
        kind_of(tmp_path / "order.pairs.docx", KINDS)
        == kind_of(tmp_path / "приказ о закреплении наставнических пар.docx", KINDS)
        == "order.pairs"
    )
    assert kind_of(tmp_path / "наш вид.docx", KINDS) == "наш вид"
