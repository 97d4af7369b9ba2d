"""Real badges for tests: issued by the institution of the test, and what strangers make of them."""

import io
import json
import shutil

import segno
from PIL import Image

from credentials.catalogue import is_empty, load_folder
from credentials.catalogue.folders import STARTER
from credentials.issuing import Basis, award_badge
from credentials.openbadges.baking import bake_png
from credentials.openbadges.values import Evidence


def issue(institution, **changes):
    """A badge for SQL Foundations, judged by one advisor from a work sample."""
    options = {
        "achievement_code": "sql-foundations",
        "holder_name": "Ana Ruiz",
        "basis": Basis(
            evidence=[Evidence(name="Joins", genre="work sample", description="own project")],
            judged_by="one advisor",
        ),
        **changes,
    }
    with institution.begin() as work:
        if is_empty(work):
            load_folder(work, _one_achievement(institution.settings.data_dir / "catalogue"))
        return award_badge(work, **options)


def altered(badge):
    """The same credential with one word changed after signing."""
    document = json.loads(badge.credential)
    document["credentialSubject"]["achievement"]["name"] = "Surgery"
    return json.dumps(document)


def picture(text=None, *, form="PNG", width=512):
    """A picture that says nothing or, with a text, has it in a QR code."""
    drawn = Image.new("RGB", (width, width), "white")
    if text is not None:
        code = io.BytesIO()
        segno.make(text, error="m").save(code, kind="png", scale=6, border=4)
        drawn.paste(Image.open(code).convert("RGB"), (10, 10))
    saved = io.BytesIO()
    drawn.save(saved, form)
    return saved.getvalue()


def baked(credential):
    return bake_png(picture(), credential)


def _one_achievement(folder):
    """A catalogue as small as it can be, because reading the whole starter takes a second."""
    for kind in ("skills", "achievements"):
        (folder / kind).mkdir(parents=True)
    shutil.copy(STARTER / "achievements" / "sql-foundations.yaml", folder / "achievements")
    (folder / "skills" / "sql.yaml").write_text(
        "- {key: sql, framework: ESCO, kind: software, label: {en: SQL},"
        " id: 'http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742'}"
    )
    return folder
