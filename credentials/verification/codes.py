"""Every code a check can have, with its meaning: the source of docs/verdict-codes.md."""

from typing import Final

from credentials.verification.verdict import Outcome

#: check → code → (outcome, meaning)
CODES: Final[dict[str, dict[str, tuple[Outcome, str]]]] = {
    "retrieved": {
        "link_unavailable": (Outcome.UNKNOWN, "the linked document could not be had"),
        "no_badge_at_link": (Outcome.UNKNOWN, "what lies there holds no badge"),
        "code_not_found": (Outcome.UNKNOWN, "no badge of ours has this code"),
        "open_badges_2": (
            Outcome.UNKNOWN,
            "an Open Badges 2.0 or 1.x badge, for which its issuer's website vouches",
        ),
        "empty": (Outcome.UNKNOWN, "an empty file"),
        "nothing_found": (Outcome.UNKNOWN, "a text without badge, link or code"),
        "unknown_file": (Outcome.UNKNOWN, "a file that is neither picture nor text"),
        "unreadable_picture": (Outcome.UNKNOWN, "a picture that cannot be opened"),
        "no_badge_in_picture": (Outcome.UNKNOWN, "an SVG without a badge in it"),
        "no_code_in_picture": (Outcome.UNKNOWN, "a picture without a badge or a code in it"),
        "too_large": (Outcome.UNKNOWN, "larger than the limits below"),
        "too_slow": (Outcome.UNKNOWN, "not judged within 8 seconds"),
    },
    "well_formed": {
        "well_formed": (Outcome.PASSED, "an Open Badges 3.0 credential with issuer and subject"),
        "not_a_credential": (Outcome.FAILED, "no Verifiable Credential"),
        "not_a_badge": (Outcome.FAILED, "a credential, but no Open Badge"),
        "malformed_credential": (
            Outcome.FAILED,
            "issuer, subject or achievement is missing or of the wrong kind",
        ),
        "schema_mismatch": (
            Outcome.FAILED,
            "a member is missing or of the wrong kind; with a declared schema, also of its words",
        ),
        "duplicate_key": (Outcome.FAILED, "a file with a member said twice"),
        "bad_number": (Outcome.FAILED, "a file with a number that programs read differently"),
        "not_utf8": (Outcome.FAILED, "a file that is not UTF-8"),
        "malformed_json": (Outcome.FAILED, "a file that is no JSON"),
        "not_an_object": (Outcome.FAILED, "a file that is no JSON object"),
        "too_deep": (Outcome.FAILED, "a file of more than 32 levels"),
        "malformed_png": (Outcome.FAILED, "a PNG with a badge in it that was cut or changed"),
        "malformed_svg": (Outcome.FAILED, "an SVG that was cut or changed"),
        "dtd_not_allowed": (Outcome.FAILED, "an SVG with a DTD"),
        "not_svg": (Outcome.FAILED, "XML that is no SVG"),
        "other_namespace": (Outcome.FAILED, "an SVG whose `openbadges` is something else"),
        "two_credentials": (Outcome.FAILED, "a picture with more than one badge in it"),
        "too_many_chunks": (Outcome.FAILED, "a PNG of more than 4,096 chunks"),
        "wrong_chunk": (Outcome.FAILED, "a PNG with its badge in the wrong kind of chunk"),
    },
    "valid_signature": {
        "signature_holds": (Outcome.PASSED, "made by the issuer's key over exactly this document"),
        "signature_holds_unbound": (
            Outcome.PASSED,
            "made with the key the token brings along, which no document of its issuer has",
        ),
        "signature_holds_shown": (
            Outcome.PASSED,
            "made by the issuer's key over the parts that the holder chose to show",
        ),
        "no_proof": (Outcome.FAILED, "no proof, or more than four"),
        "invalid_signature": (Outcome.FAILED, "the document or the proof was changed"),
        "not_as_issued": (
            Outcome.FAILED,
            "a badge of ours that says the same in other words than our record of it",
        ),
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
        "too_complex": (Outcome.FAILED, "a document built to keep verifiers busy"),
        "malformed_document": (Outcome.FAILED, "the contexts do not fix what it says"),
        "issuer_key_mismatch": (Outcome.FAILED, "the key belongs to somebody else"),
        "key_not_authorised": (
            Outcome.FAILED,
            "the issuer does not allow this key for assertions",
        ),
        "key_not_found": (Outcome.FAILED, "the issuer's document has no such key"),
        "key_malformed": (Outcome.FAILED, "the key cannot be read, or is a weak one"),
        "key_type_mismatch": (Outcome.FAILED, "the key is not of the algorithm's kind"),
        "key_expired": (Outcome.FAILED, "made when the key was retired, or later"),
        "key_revoked": (Outcome.FAILED, "the key was stolen or lost"),
        "did_document_mismatch": (Outcome.FAILED, "the issuer's document is about somebody else"),
        "did_malformed": (Outcome.FAILED, "the issuer's DID is none, or has several spellings"),
        "proof_type_unknown": (Outcome.FAILED, "a proof of a type that no standard knows"),
        "cryptosuite_unknown": (
            Outcome.FAILED,
            "a proof of a suite that no standard knows, or not of its form",
        ),
        "context_unknown": (Outcome.UNKNOWN, "a context that this verifier does not have"),
        "proof_type_not_supported": (Outcome.UNKNOWN, "this verifier cannot check such proofs"),
        "cryptosuite_not_supported": (Outcome.UNKNOWN, "this verifier cannot check such proofs"),
        "key_type_not_supported": (Outcome.UNKNOWN, "a key of a kind not known here"),
        "did_method_not_supported": (Outcome.UNKNOWN, "this verifier cannot resolve the issuer"),
        "issuer_not_resolved": (Outcome.UNKNOWN, "the issuer's document could not be had"),
    },
    "registered_issuer": {
        "issuer_registered": (Outcome.PASSED, "the issuer is in the trust registry"),
        "issuer_not_registered": (Outcome.UNKNOWN, "the issuer is not known here"),
        "key_not_bound": (Outcome.UNKNOWN, "nothing ties the key to the issuer it names"),
        "issuer_withdrawn": (Outcome.UNKNOWN, "the issuer was known here and no longer is"),
    },
    "expiration": {
        "end_not_shown": (
            Outcome.UNKNOWN,
            "only part of the credential is shown, and no end in it",
        ),
        "current": (Outcome.PASSED, "between its dates"),
        "expired": (Outcome.FAILED, "its time is over"),
        "not_yet_valid": (Outcome.FAILED, "its time has not begun"),
        "dates_malformed": (Outcome.FAILED, "no dates, or in the wrong order"),
    },
    "revocation_status": {
        "not_revoked": (Outcome.PASSED, "the issuer's list says that it stands"),
        "status_message": (Outcome.PASSED, "the issuer's list has a message, in the detail"),
        "not_revocable": (Outcome.PASSED, "it has no status entry"),
        "status_not_shown": (
            Outcome.UNKNOWN,
            "only part of the credential is shown, and no status entry in it",
        ),
        "revoked": (Outcome.FAILED, "withdrawn by the issuer"),
        "suspended": (Outcome.FAILED, "on hold"),
        "status_list_unavailable": (Outcome.UNKNOWN, "the list could not be had"),
        "status_list_not_signed": (Outcome.UNKNOWN, "the list is not signed by its issuer"),
        "status_list_expired": (Outcome.UNKNOWN, "the list is out of date"),
        "status_list_mismatch": (Outcome.UNKNOWN, "another list, issuer or purpose"),
        "status_list_malformed": (Outcome.UNKNOWN, "the list cannot be read"),
        "status_entry_malformed": (
            Outcome.FAILED,
            "the credential's entry cannot be read, or is no place in its list",
        ),
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
