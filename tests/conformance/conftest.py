"""The VC-API as a conformance suite meets it: over HTTP, with keys of its own."""

import copy
import hashlib

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.settings import Settings
from bot.web import create_web
from credentials.openbadges.canonical import canonical_form
from credentials.openbadges.keys import base58_encode, multikey
from credentials.verification.any_credential import LEEWAY
from credentials.verification.resolution import NoNetwork

V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


class Api:
    """POSTs JSON; the answer's status and body."""

    def __init__(self, client):
        self.client = client

    async def issue(self, credential):
        return await self._post("/credentials/issue", {"credential": credential})

    async def verify(self, credential, **options):
        body = {"verifiableCredential": credential, "options": {"checks": ["proof"], **options}}
        return await self._post("/credentials/verify", body)

    async def present(self, presentation, **options):
        body = {"verifiablePresentation": presentation, "options": {"checks": ["proof"], **options}}
        return await self._post("/presentations/verify", body)

    async def get(self, url):
        answer = await self.client.get(url)
        return answer.status_code, answer.json()

    async def _post(self, path, body):
        answer = await self.client.post(path, json=body)
        return answer.status_code, answer.json()


@pytest.fixture
async def api(institution):
    settings = Settings(
        **{name: getattr(institution.settings, name) for name in ("data_dir", "kek_file")},
        public_url=institution.settings.public_url,
        vc_api=True,
    )
    app = create_web(institution, settings, network=NoNetwork())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
        yield Api(client)


class Holder:
    """Somebody with a did:key of their own."""

    def __init__(self, seed):
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.did = f"did:key:{multikey(self.key.public_key())}"
        self.method = f"{self.did}#{self.did.removeprefix('did:key:')}"

    def prove(self, document, *, previous=(), digest="sha256", form=canonical_form, **changes):
        """The document with a proof; a change to None leaves the option out."""
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-03-02T08:00:00Z",
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
            **changes,
        }
        options = {name: part for name, part in options.items() if part is not None}
        bare = {name: part for name, part in document.items() if name != "proof"}
        secured = {**bare, "proof": list(previous)} if previous else bare
        config = {**options, "@context": document["@context"]}
        forms = (
            form(config, leeway=LEEWAY),
            form(secured, with_proof=bool(previous), leeway=LEEWAY),
        )
        message = b"".join(hashlib.new(digest, form).digest() for form in forms)
        value = "z" + base58_encode(self.key.sign(message))
        return {**bare, "proof": {**options, "proofValue": value}}


@pytest.fixture
def holder():
    return Holder(3)


@pytest.fixture
def credential():
    """The least a credential says."""
    return {
        "@context": [V2, EXAMPLES],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "validFrom": "2023-02-26T00:37:06Z",
        "credentialSubject": {"id": "did:example:subject"},
    }


@pytest.fixture
def presentation():
    return {"@context": [V2], "type": ["VerifiablePresentation"]}


def changed(document, path, value):
    """A copy with one member set, or taken away when the value is `...`."""
    copied = copy.deepcopy(document)
    node = copied
    *above, last = [int(name) if name.isdigit() else name for name in path.split("/")]
    for name in above:
        node = node[name]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return copied
