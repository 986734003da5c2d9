"""The local office: a folder served as Sheets v4 and Drive v3."""
