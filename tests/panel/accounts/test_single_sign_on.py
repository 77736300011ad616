"""Single sign-on against a stub of an identity provider: discovery, PKCE, a signed ID token."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from panel.models import SignIn, User
from tests.build import make_world

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
START = "/accounts/oidc/council/login/"


class Provider(BaseHTTPRequestHandler):
    """Says that whoever comes is `server.email`. Codes and their PKCE challenges are kept in `server.codes`."""

    def log_message(self, *args):
        pass

    def answer(self, body):
        body = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        issuer = self.server.issuer
        if self.path.endswith("openid-configuration"):
            self.answer({
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys", "userinfo_endpoint": f"{issuer}/me",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif self.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.answer({"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]})
        else:
            self.answer({"sub": "42", "email": self.server.email, "email_verified": True})

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        proof = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == self.server.challenge
        now = int(time.time())
        claims = {"iss": self.server.issuer, "aud": "panel", "sub": "42", "iat": now, "exp": now + 60,
                  "email": self.server.email, "email_verified": True}  # fmt: skip
        token = jwt.encode(claims, KEY, "RS256", {"kid": "1"})
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_ISSUER, settings.OIDC_NAME = server.issuer, "your Exshire account"
    app = {"provider_id": "council", "name": "Exshire", "client_id": "panel", "secret": "s",
           "settings": {"server_url": server.issuer}}  # fmt: skip
    options = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**options, "APPS": [app]}}
    yield server
    server.shutdown()


def come_in(provider, email, query=""):
    """Go to the provider and come back as that person."""
    provider.email = email
    client = Client()
    away = urlsplit(client.post(START + query)["Location"])
    asked = {k: v[0] for k, v in parse_qs(away.query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.challenge = asked["code_challenge"]
    back = urlsplit(asked["redirect_uri"]).path
    return client, client.get(back, {"code": "1", "state": asked["state"]}, follow=True)


def test_who_was_invited_comes_in_without_a_password_and_needs_no_second_factor_of_ours(provider):
    world = make_world(second_factor=True)
    world.officer.set_unusable_password()
    world.officer.save()
    assert "Sign in with your Exshire account" in Client().get("/accounts/login/").content.decode()
    client, page = come_in(provider, "Officer@Exshire.example")
    assert page.redirect_chain[-1][0] == "/exshire/"
    assert client.get("/exshire/complaints/").status_code == 200
    assert SignIn.objects.get().how == "single sign-on"


def test_nobody_else_does_and_no_account_is_made(provider):
    world = make_world()
    world.mo.is_active = False
    world.mo.save()
    before = User.objects.count()
    for email, words in (
        ("stranger@exshire.example", "Accounts are by invitation"),
        (world.mo.email, "cannot sign in"),
    ):
        client, page = come_in(provider, email)
        assert words in page.content.decode()
        assert client.get("/exshire/").status_code == 302
    assert User.objects.count() == before


def test_a_second_identity_is_not_tied_to_an_account(provider):
    world = make_world()
    client, _ = come_in(provider, world.officer.email, "?process=connect")
    assert world.officer.socialaccount_set.count() == 0
    assert client.get("/exshire/").status_code == 302


def test_a_made_up_answer_is_refused(provider):
    client = Client()
    page = client.get(f"{START}callback/", {"code": "1", "state": "made up"}, follow=True)
    assert "You could not be signed in" in page.content.decode()
    assert "You did not sign in" in client.get("/accounts/council-sign-in/cancelled/").content.decode()


def test_where_it_is_not_set_up_it_is_not_there():
    assert "Sign in with" not in Client().get("/accounts/login/").content.decode()
    assert Client().post(START).status_code == 404
