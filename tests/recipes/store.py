"""A store that is neither Google nor the office answers through the session, at its own address and by its own secret."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from flows import doors, settings

ENTRY = {
    "id": "лист",
    "name": "Приказ.docx",
    "mimeType": "text/plain",
    "parents": ["папка"],
    "trashed": False,
}
ASKED = []
BOOK = {"spreadsheetUrl": "", "properties": {"title": "Книга"}, "sheets": []}


class StandIn(BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append(self.headers["Authorization"])
        body = json.dumps(BOOK if "/v4/spreadsheets/" in self.path else ENTRY).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), StandIn)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["NASTAVNIK_STORE_SECRET"] = "слово".encode().hex()
folder = Path("home").resolve()
folder.mkdir()
(folder / settings.REGISTRY).write_text(f'store = "http://127.0.0.1:{server.server_port}"\n', "utf-8")
home = settings.save_place(settings.load_home(folder), settings.Place("sadik", "папка", "книга"))
assert settings.load_home(folder) == home, "the address is forgotten when an organisation is remembered"
with doors.open_workspace(home) as space:
    assert space.drive.entry("лист").name == "Приказ.docx"
    assert space.sheets.read("книга").sheets == ()
assert set(ASKED) == {f"Bearer {os.environ['NASTAVNIK_STORE_SECRET']}"}
assert len(ASKED) == 2
assert [each.name for each in folder.iterdir()] == [settings.REGISTRY], "the office was opened besides"
