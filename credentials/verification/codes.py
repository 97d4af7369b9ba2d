"""Every code a check can have, with its meaning: the source of docs/verdict-codes.md."""

from typing import Final

from credentials.verification.verdict import Outcome

#: check → code → (outcome, meaning)
CODES: Final[dict[str, dict[str, tuple[Outcome, str]]]] = {
    "retrieved": {
        "link_unavailable": (Outcome.UNKNOWN, "the linked document could not be had"),
        "no_badge_at_link": (Outcome.UNKNOWN, "what lies there holds no badge"),
        "code_not_found": (Outcome.UNKNOWN, "no badge of ours has this code"),
    },
    "well_formed": {
        "well_formed": (Outcome.PASSED, "an Open Badges 3.0 credential with issuer and subject"),
        "not_a_credential": (Outcome.FAILED, "no Verifiable Credential"),
        "not_a_badge": (Outcome.FAILED, "a credential, but no Open Badge"),
        "malformed_credential": (
            Outcome.FAILED,
            "issuer, subject or achievement is missing or of the wrong kind",
        ),
        "form_not_supported": (
            Outcome.UNKNOWN,
            "an older form (Verifiable Credentials 1.1) that this verifier does not check",
        ),
    },
    "valid_signature": {
        "signature_holds": (Outcome.PASSED, "made by the issuer's key over exactly this document"),
        "no_proof": (Outcome.FAILED, "no proof, or more than four"),
        "invalid_signature": (Outcome.FAILED, "the document or the proof was changed"),
        "malformed_proof": (Outcome.FAILED, "the proof cannot be read"),
        "malformed_jwt": (Outcome.FAILED, "the token cannot be read, or not in one way only"),
        "alg_not_allowed": (Outcome.FAILED, "an algorithm that protects nothing here"),
        "header_not_allowed": (Outcome.FAILED, "the token's header says more than it may"),
        "claim_mismatch": (Outcome.FAILED, "the token's claims contradict the credential"),
        "wrong_purpose": (Outcome.FAILED, "the proof was not made for assertions"),
        "proof_from_the_future": (Outcome.FAILED, "made later than now"),
        "proof_expired": (Outcome.FAILED, "the proof's own time is over"),
        "context_not_allowed": (Outcome.FAILED, "a context given inline or in the wrong place"),
        "undefined_term": (Outcome.FAILED, "a member that the contexts do not define"),
        "hidden_member": (Outcome.FAILED, "a member where a reader would not look for it"),
        "null_value": (Outcome.FAILED, "a member without a value"),
        "duplicate_key": (Outcome.FAILED, "a member said twice"),
        "bad_number": (Outcome.FAILED, "a number that programs read differently"),
        "not_utf8": (Outcome.FAILED, "not UTF-8"),
        "malformed_json": (Outcome.FAILED, "no JSON"),
        "not_an_object": (Outcome.FAILED, "no JSON object"),
        "too_large": (Outcome.FAILED, "larger than 256 KiB"),
        "too_deep": (Outcome.FAILED, "more than 32 levels"),
        "too_complex": (Outcome.FAILED, "a graph built to keep verifiers busy"),
        "malformed_document": (Outcome.FAILED, "the contexts do not fix what it says"),
        "issuer_key_mismatch": (Outcome.FAILED, "the key belongs to somebody else"),
        "key_not_authorised": (
            Outcome.FAILED,
            "the issuer does not allow this key for assertions",
        ),
        "key_not_found": (Outcome.FAILED, "the issuer's document has no such key"),
        "key_malformed": (Outcome.FAILED, "the key cannot be read, or is a weak one"),
        "key_type_mismatch": (Outcome.FAILED, "the key is not of the algorithm's kind"),
        "key_expired": (Outcome.FAILED, "made after the key was retired"),
        "key_revoked": (Outcome.FAILED, "the key was stolen or lost"),
        "did_document_mismatch": (Outcome.FAILED, "the issuer's document is about somebody else"),
        "did_malformed": (Outcome.FAILED, "the issuer's DID is none, or has several spellings"),
        "context_unknown": (Outcome.UNKNOWN, "a context that this verifier does not have"),
        "proof_type_not_supported": (Outcome.UNKNOWN, "this verifier cannot check such proofs"),
        "cryptosuite_not_supported": (Outcome.UNKNOWN, "this verifier cannot check such proofs"),
        "alg_not_supported": (Outcome.UNKNOWN, "this verifier cannot check such tokens"),
        "did_method_not_supported": (Outcome.UNKNOWN, "this verifier cannot resolve the issuer"),
        "key_not_bound": (Outcome.UNKNOWN, "nothing ties the key to the issuer"),
        "issuer_not_resolved": (Outcome.UNKNOWN, "the issuer's document could not be had"),
    },
    "registered_issuer": {
        "issuer_registered": (Outcome.PASSED, "the issuer is in the trust registry"),
        "issuer_not_registered": (Outcome.UNKNOWN, "the issuer is not known here"),
        "issuer_withdrawn": (Outcome.UNKNOWN, "the issuer was known here and no longer is"),
    },
    "expiration": {
        "current": (Outcome.PASSED, "between its dates"),
        "expired": (Outcome.FAILED, "its time is over"),
        "not_yet_valid": (Outcome.FAILED, "its time has not begun"),
        "dates_malformed": (Outcome.FAILED, "no dates, or in the wrong order"),
    },
    "revocation_status": {
        "not_revoked": (Outcome.PASSED, "the issuer's list says that it stands"),
        "not_revocable": (Outcome.PASSED, "it has no status entry"),
        "revoked": (Outcome.FAILED, "withdrawn by the issuer"),
        "suspended": (Outcome.FAILED, "on hold"),
        "status_list_unavailable": (Outcome.UNKNOWN, "the list could not be had"),
        "status_list_not_signed": (Outcome.UNKNOWN, "the list is not signed by its issuer"),
        "status_list_expired": (Outcome.UNKNOWN, "the list is out of date"),
        "status_list_mismatch": (Outcome.UNKNOWN, "another list, issuer or purpose"),
        "status_list_malformed": (Outcome.UNKNOWN, "the list cannot be read"),
        "status_entry_malformed": (Outcome.UNKNOWN, "the credential's entry cannot be read"),
        "status_type_not_supported": (Outcome.UNKNOWN, "a status this verifier cannot check"),
    },
}


def table() -> str:
    """The codes as a Markdown table."""
    lines = ["| check | code | outcome | meaning |", "|---|---|---|---|"]
    for name, codes in CODES.items():
        lines += [
            f"| `{name}` | `{code}` | {outcome} | {meaning} |"
            for code, (outcome, meaning) in codes.items()
        ]
    return "\n".join(lines)
