"""Who signs in: a service account by its key, a person by a refresh token; what Google answers at its token endpoint."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from flows.office import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOKEN_URI = "https://oauth2.googleapis.com/token"
BASE = "https://www.googleapis.com/auth/"
DRIVE, DRIVE_FILE, SHEETS = f"{BASE}drive", f"{BASE}drive.file", f"{BASE}spreadsheets"
ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
CLIENT, CLIENT_SECRET = "100200300.apps.googleusercontent.com", "GOCSPX-front"
ROBOT, PERSON = "nastavnik@front.iam.gserviceaccount.com", "kurator@front.example"
HOUR, SKEW = 3600, 300
WORKSPACE = frozenset({DRIVE, SHEETS})


@dataclass(frozen=True)
class Account:
    """Who asks: its address, whether it is a robot (owns nothing), the scopes its tokens have."""

    email: str
    robot: bool
    scopes: frozenset[str]


@dataclass(frozen=True)
class _Token:
    account: Account
    until: float


class Denied(Exception):  # noqa: N818 - an answer of the protocol, not a mistake of the program
    """The token endpoint's refusal: HTTP status, error, and its description."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _pem(*, private: bool) -> str:
    if private:
        return (
            _key()
            .private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            .decode()
        )
    return (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@dataclass
class Accounts:
    """The accounts of the front; `lasts` is how many seconds an access token is good.

    `delegates` are people in whose name the service account may ask, each with the scopes an administrator gave; `consents`
    is what the person at the consent screen answers: the address that signs in, or nothing when they refuse.
    """

    clock: Callable[[], float] = time.time
    lasts: float = HOUR
    delegates: dict[str, frozenset[str]] = field(default_factory=dict)
    consents: str = PERSON
    granted: frozenset[str] | None = None
    robot_known: bool = True
    _tokens: dict[str, _Token] = field(default_factory=dict)
    _refresh: dict[str, Account] = field(default_factory=dict)
    _codes: dict[str, tuple[Account, Mapping[str, str]]] = field(default_factory=dict)

    def service_key(self) -> dict[str, str]:
        """Return the key file of the service account."""
        return {
            "type": "service_account",
            "project_id": "front",
            "private_key_id": "1",
            "private_key": _pem(private=True),
            "client_email": ROBOT,
            "client_id": "1",
            "token_uri": TOKEN_URI,
        }

    def authorised_user(self, *scopes: str, email: str = PERSON) -> dict[str, Any]:
        """Return a token file of a person who has consented to scopes."""
        refresh = f"1//{secrets.token_hex(8)}"
        self._refresh[refresh] = Account(email, robot=False, scopes=frozenset(scopes))
        return {
            "type": "authorized_user",
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "refresh_token": refresh,
            "token_uri": TOKEN_URI,
            "scopes": list(scopes),
            "account": email,
        }

    def client(self) -> dict[str, Any]:
        """Return the client file of a desktop program, as Google Cloud gives it out."""
        about = {
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "project_id": "front",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": TOKEN_URI,
            "redirect_uris": ["http://localhost"],
        }
        return {"installed": about}

    def revoke_all(self) -> None:
        """Have every token refused from now on, and no new one given out."""
        self._tokens.clear()
        self._refresh.clear()
        self.robot_known = False

    def expire(self) -> None:
        """Let every access token given out so far be over; new ones are given."""
        self._tokens.clear()

    def who(self, request: Request) -> Account | None:
        """Tell whose token a request brings; None when it brings none that is good."""
        kind, _, told = request.header("authorization").partition(" ")
        token = self._tokens.get(told.strip()) if kind.lower() == "bearer" else None
        return token.account if token and self.clock() < token.until else None

    def answer(self, request: Request) -> Response:
        """Answer what is asked of the sign-in: a token, a revocation, a consent."""
        if request.path in {"/o/oauth2/auth", "/o/oauth2/v2/auth"}:
            return self._consent(request)
        told = dict(parse_qsl(request.body.decode("utf-8", "replace"))) | dict(
            parse_qsl(request.url.partition("?")[2])
        )
        try:
            if request.path == "/revoke":
                return self._revoked(told.get("token", ""))
            if request.path == "/token" and request.method == "POST":
                return _json(200, self._given(told))
        except Denied as denied:
            return _json(denied.status, {"error": denied.error, "error_description": denied.description})
        return Response(
            404, {"Content-Type": "text/html; charset=UTF-8"}, b"<!DOCTYPE html><title>404</title>"
        )

    def _given(self, told: Mapping[str, str]) -> dict[str, Any]:
        grant = told.get("grant_type", "")
        if grant == ASSERTION:
            return self._issued(self._asserted(told.get("assertion", "")))
        if told.get("client_id") != CLIENT:
            raise Denied("invalid_client", "The OAuth client was not found.", 401)
        if told.get("client_secret") != CLIENT_SECRET:
            raise Denied("invalid_client", "Unauthorized", 401)
        if grant == "refresh_token":
            account = self._refresh.get(told.get("refresh_token", ""))
            if account is None:
                raise Denied("invalid_grant", "Token has been expired or revoked.")
            return self._issued(account)
        if grant == "authorization_code":
            return self._exchanged(told)
        raise Denied("unsupported_grant_type", f"Invalid grant_type: {grant}")

    def _issued(self, account: Account) -> dict[str, Any]:
        token = f"ya29.{secrets.token_hex(12)}"
        self._tokens[token] = _Token(account, self.clock() + self.lasts)
        return {
            "access_token": token,
            "expires_in": int(self.lasts),
            "scope": " ".join(sorted(account.scopes)),
            "token_type": "Bearer",
        }

    def _asserted(self, assertion: str) -> Account:
        """Judge a service account's assertion as Google does: signature, audience, issuer, times, scope."""
        if not self.robot_known:
            raise Denied("invalid_grant", "Invalid grant: account not found")
        try:
            claims = jwt.decode(assertion, verify=False)
            jwt.decode(assertion, certs=_pem(private=False), clock_skew_in_seconds=10 * 365 * 86400)
        except ValueError:
            raise Denied("invalid_grant", "Invalid JWT Signature.") from None
        begins, ends, now = float(claims["iat"]), float(claims["exp"]), self.clock()
        if not (now - HOUR - SKEW < begins < now + SKEW and now < ends <= begins + HOUR + SKEW):
            text = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."
            raise Denied("invalid_grant", text)
        if claims.get("aud") != TOKEN_URI or claims.get("iss") != ROBOT:
            raise Denied("invalid_grant", "Invalid grant: account not found")
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise Denied("invalid_scope", "Empty or missing scope not allowed.")
        subject = claims.get("sub", ROBOT)
        if subject == ROBOT:
            return Account(ROBOT, robot=True, scopes=scopes)
        if not scopes <= self.delegates.get(subject, frozenset()):
            text = "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."
            raise Denied("unauthorized_client", text, 401)
        return Account(subject, robot=False, scopes=scopes)

    def _consent(self, request: Request) -> Response:
        """Answer the consent screen at once, as the person would: back to the program, with a code or a refusal."""
        told = dict(parse_qsl(request.url.partition("?")[2]))
        back, state = told.get("redirect_uri", ""), told.get("state", "")
        if told.get("client_id") != CLIENT or not back.startswith(("http://localhost", "http://127.0.0.1")):
            return Response(400, {"Content-Type": "text/html; charset=UTF-8"}, b"<!DOCTYPE html>Error 400")
        if not self.consents:
            return _sent_to(back, {"error": "access_denied", "state": state})
        scopes = frozenset(told.get("scope", "").split())
        account = Account(self.consents, robot=False, scopes=scopes if self.granted is None else self.granted)
        code = f"4/{secrets.token_hex(8)}"
        self._codes[code] = (account, told)
        return _sent_to(back, {"code": code, "state": state, "scope": " ".join(sorted(account.scopes))})

    def _exchanged(self, told: Mapping[str, str]) -> dict[str, Any]:
        account, asked = self._codes.pop(told.get("code", ""), (None, {}))
        if account is None:
            raise Denied("invalid_grant", "Malformed auth code.")
        if told.get("redirect_uri") != asked.get("redirect_uri"):
            raise Denied("redirect_uri_mismatch", "Bad Request")
        if challenge := asked.get("code_challenge"):
            digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
                raise Denied("invalid_grant", "Invalid code verifier.")
        refresh = f"1//{secrets.token_hex(8)}"
        self._refresh[refresh] = replace(account)
        return self._issued(account) | {"refresh_token": refresh}

    def _revoked(self, token: str) -> Response:
        account = self._refresh.pop(token, None)
        known = self._tokens.pop(token, None)
        if account is None and known is None:
            raise Denied("invalid_token", "Token expired or revoked")
        gone = account or known.account
        self._tokens = {each: of for each, of in self._tokens.items() if of.account != gone}
        self._refresh = {each: of for each, of in self._refresh.items() if of != gone}
        return _json(200, {})


def _json(status: int, told: Any) -> Response:
    return Response(status, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(told).encode())


def _sent_to(back: str, told: Mapping[str, str]) -> Response:
    return Response(302, {"Location": f"{back}{'&' if '?' in back else '?'}{urlencode(told)}"})
