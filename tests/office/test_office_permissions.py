"""Permissions as Google keeps them; they open nothing on the disk."""

from __future__ import annotations

import stat

import pytest

from flows.office import InProcess, Office

BASE = "http://office.local"
DRIVE = "/drive/v3/files"
HEAD = {"type": "user", "role": "reader", "emailAddress": "head@school.example"}


def given(client, file_id, **wanted):
    return client.ok(
        "POST", f"{DRIVE}/{file_id}/permissions?fields=*&sendNotificationEmail=false", json=HEAD | wanted
    )


def listed(client, file_id):
    found = client.ok("GET", f"{DRIVE}/{file_id}/permissions?fields=*")["permissions"]
    return {each.get("emailAddress", each["type"]): each for each in found}


def test_a_new_file_is_its_owners_alone(client):
    folder = client.folder("Наставничество")
    found = listed(client, folder)
    assert {name: each["role"] for name, each in found.items()} == {"office@localhost": "owner"}
    assert (
        client.ok("GET", f"{DRIVE}/{folder}/permissions/{found['office@localhost']['id']}")["role"] == "owner"
    )


def test_what_is_given_on_a_folder_reaches_all_that_lies_in_it(client):
    outer = client.folder("Наставничество")
    inner = client.folder("Приказы", outer)
    paper = client.upload("Приказ.docx", parent=inner)["id"]
    made = given(client, outer)
    assert made["permissionDetails"] == [{"permissionType": "file", "role": "reader", "inherited": False}]
    seen = listed(client, paper)["head@school.example"]
    assert seen["id"] == made["id"]
    assert seen["permissionDetails"] == [
        {"permissionType": "file", "role": "reader", "inherited": True, "inheritedFrom": outer}
    ]


def test_the_highest_of_two_roles_counts(client):
    outer = client.folder("Наставничество")
    inner = client.folder("Приказы", outer)
    given(client, outer, role="writer")
    given(client, inner, role="reader")
    assert listed(client, inner)["head@school.example"]["role"] == "writer"
    assert len(listed(client, inner)["head@school.example"]["permissionDetails"]) == 2


def test_giving_again_changes_the_role_under_the_same_id(client):
    folder = client.folder("Наставничество")
    first = given(client, folder)
    again = given(client, folder, role="writer", emailAddress="Head@School.example")
    assert again["id"] == first["id"]
    assert len(listed(client, folder)) == 2


def test_a_limited_folder_takes_nothing_over(client):
    outer = client.folder("Наставничество")
    inner = client.folder("Пары", outer)
    given(client, outer)
    can = client.file(inner)["capabilities"]
    assert (can["canDisableInheritedPermissions"], can["canEnableInheritedPermissions"]) == (True, False)
    client.ok("PATCH", f"{DRIVE}/{inner}", json={"inheritedPermissionsDisabled": True})
    assert client.file(inner)["inheritedPermissionsDisabled"] is True
    assert client.file(inner)["capabilities"]["canEnableInheritedPermissions"] is True
    assert set(listed(client, inner)) == {"office@localhost"}
    client.ok("PATCH", f"{DRIVE}/{inner}", json={"inheritedPermissionsDisabled": False})
    assert set(listed(client, inner)) == {"office@localhost", "head@school.example"}


def test_a_folder_may_be_limited_from_its_birth_and_a_file_never(client):
    outer = client.folder("Наставничество")
    given(client, outer)
    inner = client.folder("Пары", outer, inheritedPermissionsDisabled=True)
    assert set(listed(client, inner)) == {"office@localhost"}
    paper = client.upload("Приказ.docx", parent=outer)["id"]
    client.refused(403, "PATCH", f"{DRIVE}/{paper}", json={"inheritedPermissionsDisabled": True})


def test_a_role_is_changed_and_taken_back_only_where_it_was_given(client):
    outer = client.folder("Наставничество")
    inner = client.folder("Приказы", outer)
    made = given(client, outer)
    path = f"{DRIVE}/{{}}/permissions/{made['id']}"
    for method, options in (("PATCH", {"json": {"role": "writer"}}), ("DELETE", {})):
        error = client.refused(403, method, path.format(inner), **options)
        assert error["errors"][0]["reason"] == "cannotModifyInheritedPermission"
    assert client.ok("PATCH", path.format(outer), json={"role": "writer"})["role"] == "writer"
    gone = client.ask("DELETE", path.format(outer))
    assert (gone.status_code, gone.content) == (204, b"")
    client.refused(404, "DELETE", path.format(outer))
    client.refused(404, "GET", path.format(inner))
    assert set(listed(client, inner)) == {"office@localhost"}


def test_the_owner_stays(client):
    folder = client.folder("Наставничество")
    own = listed(client, folder)["office@localhost"]["id"]
    client.refused(403, "DELETE", f"{DRIVE}/{folder}/permissions/{own}")
    assert given(client, folder, emailAddress="office@localhost")["role"] == "owner"


def test_everyone_with_the_link_is_one_permission_without_an_address(client):
    folder = client.folder("Наставничество")
    client.ok("POST", f"{DRIVE}/{folder}/permissions", json={"type": "anyone", "role": "reader"})
    found = listed(client, folder)["anyone"]
    assert found["id"] == "anyoneWithLink"
    assert "emailAddress" not in found


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (400, {"type": None}),
        (400, {"role": None}),
        (400, {"type": "somebody"}),
        (400, {"role": "master"}),
        (400, {"emailAddress": ""}),
        (400, {"emailAddress": "директор"}),
        (400, {"type": "domain"}),
        (403, {"role": "owner"}),
        (403, {"role": "organizer"}),
        (400, {"adress": "x@y.example"}),
    ],
    ids=str,
)
def test_what_google_would_refuse_gives_nothing(client, status, wanted):
    folder = client.folder("Наставничество")
    client.refused(status, "POST", f"{DRIVE}/{folder}/permissions", json=HEAD | wanted)
    assert len(listed(client, folder)) == 1


def test_a_long_list_comes_in_pages(client):
    folder = client.folder("Наставничество")
    for number in range(4):
        given(client, folder, emailAddress=f"p{number}@school.example")
    page = client.ok("GET", f"{DRIVE}/{folder}/permissions?pageSize=3")
    rest = client.ok("GET", f"{DRIVE}/{folder}/permissions?pageSize=3&pageToken={page['nextPageToken']}")
    assert len(page["permissions"]) == 3
    assert len(rest["permissions"]) == 2
    assert "nextPageToken" not in rest
    assert set(page["permissions"][0]) == {"kind", "id", "type", "role"}


def test_no_permission_opens_the_folder_on_the_disk(client):
    folder = client.folder("Наставничество")
    paper = client.upload("Приказ.docx", parent=folder)["id"]
    given(client, folder, role="writer")
    client.ok("POST", f"{DRIVE}/{folder}/permissions", json={"type": "anyone", "role": "writer"})
    assert stat.S_IMODE(client.path(paper).stat().st_mode) == 0o600
    assert stat.S_IMODE(client.path(folder).stat().st_mode) == 0o700


def test_what_was_given_is_known_to_the_next_program(client):
    folder = client.folder("Наставничество")
    given(client, folder)
    office = Office(client.root, strict=True)
    client.session.mount(BASE, InProcess(office))
    assert "head@school.example" in listed(client, folder)
    office.close()
