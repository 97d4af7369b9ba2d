"""Others' credentials come in as they say it: advised where they say enough, never awarded."""

import base64
import json
import zipfile

import pytest

from credentials.catalogue import (
    current_catalogue,
    get_achievement,
)
from credentials.catalogue.importing import (
    ImportRefusedError,
    OnetRelease,
    import_ctdl,
    import_openbadges,
    import_release,
    import_sheet,
    open_distribution,
    template,
)
from credentials.evidence import NotAwardedHereError
from credentials.issuing import begin_submission
from tests.distributions import onet_tables, write_onet
from tests.submissions import person

CTID = "ce-00000000-0000-4000-8000-000000000001"
OTHER = "ce-00000000-0000-4000-8000-000000000002"
THIRD = "ce-00000000-0000-4000-8000-000000000003"
REGISTRY = "https://credentialengineregistry.org/resources"


def credential(ctid=CTID, **more):
    return {
        "@id": f"{REGISTRY}/{ctid}",
        "@type": "ceterms:MicroCredential",
        "ceterms:ctid": ctid,
        "ceterms:name": {"en-US": "Secure Coding"},
        "ceterms:description": {"en-US": "Write Python that is hard to attack."},
        "ceterms:subjectWebpage": "https://www.college.example/secure",
        "ceterms:inLanguage": ["en-US"],
        "ceterms:ownedBy": [f"{REGISTRY}/{THIRD}"],
        "ceterms:estimatedDuration": [
            {"@type": "ceterms:DurationProfile", "ceterms:exactDuration": "PT40H"}
        ],
        "ceterms:estimatedCost": [
            {"@type": "ceterms:CostProfile", "ceterms:price": 120, "ceterms:currency": "US Dollar"}
        ],
        **{f"ceterms:{name}": value for name, value in more.items()},
    }


def occupation(code, name):
    return {
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:frameworkName": {"en": "Standard Occupational Classification"},
        "ceterms:targetNode": f"https://www.onetonline.org/link/summary/{code}",
        "ceterms:codedNotation": code,
        "ceterms:targetNodeName": {"en": name},
    }


def condition(*targets, alternatives=(), words=None):
    found = {"@type": "ceterms:ConditionProfile"}
    if targets:
        found["ceterms:targetCredential"] = [f"{REGISTRY}/{target}" for target in targets]
    if alternatives:
        found["ceterms:alternativeCondition"] = list(alternatives)
    if words:
        found["ceterms:description"] = {"en": words}
    return found


@pytest.fixture
def bring(stocked, tmp_path):
    """Write content to a file and import it; the catalogue that follows."""

    def bring(content, how=import_ctdl, name="entry.json", **options):
        file = tmp_path / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content if isinstance(content, str) else json.dumps(content))
        with open_distribution(file) as distribution:
            report = how(stocked, distribution, **options)
        with stocked.begin() as work:
            return report, current_catalogue(work)

    return bring


def envelope(graph, *, decoded=True):
    token = base64.urlsafe_b64encode(json.dumps(graph).encode()).decode().rstrip("=")
    wrapped = {
        "envelope_community": "ce_registry",
        "envelope_id": "x",
        "resource": f"e30.{token}.x",
    }
    return {**wrapped, "decoded_resource": graph} if decoded else wrapped


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: node,
        lambda node: [node],
        lambda node: {"@context": "https://credreg.net/ctdl/schema/context/json", "@graph": [node]},
        lambda node: envelope({"@graph": [node]}),
        lambda node: envelope({"@graph": [node]}, decoded=False),
        lambda node: {"GraphInput": {"@graph": [node]}},
        lambda node: ("\ufeff" + json.dumps(node)).encode(),
        lambda node: json.dumps(node).replace("attack", "attack\u2019s").replace("\u2019", "X").encode().replace(b"X", b"\x92"),
    ],
    ids=["node", "array", "graph", "envelope", "token", "request", "bom", "cp1252"],
)  # fmt: skip
def test_ctdl_is_read_in_every_wrapping(bring, wrap):
    _, catalogue = bring(wrap(credential()))
    found = catalogue.achievements[CTID]
    assert (found.hours, found.cost.amount, found.cost.currency) == (40, 120, "USD")
    assert found.provider.name == "college.example"
    assert not found.is_awarded_here


def test_who_offers_it_is_named_where_the_graph_tells(bring):
    owner = {
        "@id": f"{REGISTRY}/{THIRD}",
        "@type": "ceterms:CredentialOrganization",
        "ceterms:name": {"en": "Example College"},
    }
    _, catalogue = bring({"@graph": [credential(), owner]})
    assert catalogue.achievements[CTID].provider.name == "Example College"


def test_prerequisites_are_ands_of_ors(bring):
    fourth, fifth = CTID[:-1] + "4", CTID[:-1] + "5"
    requires = [
        condition(OTHER, words="Two years of practice."),
        condition(alternatives=[condition(THIRD), condition(fourth, fifth)]),
    ]
    _, catalogue = bring(credential(requires=requires))
    found = catalogue.achievements[CTID]
    assert found.prerequisites == ((OTHER,), (THIRD, fourth), (THIRD, fifth))
    assert found.conditions == ({"en": "Two years of practice."},)


def test_occupations_say_whether_they_were_declared(bring, stocked, tmp_path):
    with open_distribution(write_onet(tmp_path / "onet", onet_tables())) as distribution:
        import_release(stocked, OnetRelease(distribution))
    _, catalogue = bring(
        credential(
            occupationType=[
                occupation("15-1252.00", "Software Developers"),
                occupation("15-1132.00", "Software Developers, Applications"),
                occupation("15-1111.99", "Data Scientists"),
                occupation("99-9999.00", "Alchemists"),
            ]
        )
    )
    found = catalogue.achievements[CTID]
    assert found.occupations == ("15-1252.00", "15-2051.00")
    assert found.field == "technology"
    assert [(a.code, a.alignment) for a in found.alignments] == [
        ("15-1252.00", "declared"),
        ("15-1252.00", "inferred"),
        ("15-2051.00", "inferred"),
        ("99-9999.00", "inferred"),
    ]


def test_skills_are_declared_by_competency_and_inferred_from_prose(bring):
    teaches = [
        {"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNodeName": {"en": "SQL"}}
    ]
    _, catalogue = bring(credential(teaches=teaches))
    found = {tie.skill: tie.alignment for tie in catalogue.achievements[CTID].skills}
    assert found["sql"] == "declared"
    assert found["python"] == "inferred"


def test_what_says_too_little_is_kept_and_marked_but_not_advised(bring):
    node = credential()
    del node["ceterms:estimatedCost"]
    node["ceterms:estimatedDuration"] = [{"ceterms:exactDuration": "P2Y"}]
    report, catalogue = bring(node)
    assert report.incomplete == {CTID: ("effort", "cost")}
    assert CTID in catalogue.listings
    assert CTID not in catalogue.achievements


def test_nobody_can_be_awarded_what_is_judged_elsewhere(bring, stocked):
    bring(credential())
    with stocked.begin() as work, pytest.raises(NotAwardedHereError):
        begin_submission(work, person_id=person(work, 1), achievement_code=CTID)


def test_again_changes_nothing_and_a_change_keeps_the_version_before(bring, stocked):
    _, before = bring(credential())
    report, _ = bring(credential(), name="copy.json")
    assert (report.added, report.unchanged) == ((), (CTID,))
    report, after = bring(credential(name={"en": "Safer Coding"}))
    assert report.changed == (CTID,)
    assert after.achievements[CTID].name["en"] == "Safer Coding"
    with stocked.begin() as work:
        old = get_achievement(work, code=CTID, version=before.achievements[CTID].version)
        assert old.name["en"] == "Secure Coding"


def test_a_dry_run_writes_nothing(bring):
    report, catalogue = bring(credential(), dry_run=True)
    assert report.added == (CTID,)
    assert not catalogue.listings


def test_a_retired_credential_and_a_mere_organisation_are_left_out(bring):
    gone = credential(
        OTHER, credentialStatusType={"ceterms:targetNode": "credentialStat:Deprecated"}
    )
    report, catalogue = bring([gone, {"@type": "ceterms:CostManifest", "ceterms:ctid": THIRD}])
    assert len(report.skipped) == 2
    assert not catalogue.listings


def test_what_is_said_to_have_ended_is_retired(bring):
    bring([credential(), credential(OTHER)])
    gone = credential(
        OTHER, credentialStatusType={"ceterms:targetNode": "credentialStat:Deprecated"}
    )
    report, catalogue = bring([gone])
    assert (len(report.retired), len(catalogue.listings)) == (1, 1)
    last = credential(credentialStatusType={"ceterms:targetNode": "credentialStat:Ceased"})
    report, catalogue = bring([last], import_ctdl, "last.json", retire=True)
    assert (len(report.retired), len(catalogue.listings)) == (1, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"@type": "ceterms:Badge",\n "ceterms:name": ', r"entry\.json:2: is no JSON"),
        (
            {"Credential": {"Name": "x"}},
            r"entry\.json: is no CTDL: it has neither @type nor @graph",
        ),
        ({"@type": "ceterms:Badge", "ceterms:ctid": CTID}, r"a Badge has no ceterms:name"),
        ("[" * 100_000, r"entry\.json: cannot be read"),
        (b"\x81\x8d\xff", r"entry\.json:1: is neither UTF-8 nor Windows-1252"),
        ("[1]", r"holds something that is no JSON object"),
    ],
)
def test_broken_documents_are_refused_by_name(bring, content, words):
    with pytest.raises(ImportRefusedError, match=words):
        bring(content)


def test_one_broken_file_stops_all_unless_it_may_be_left_out(stocked, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(credential()))
    (tmp_path / "b.json").write_text("{")
    with open_distribution(tmp_path) as distribution:
        with pytest.raises(ImportRefusedError, match=r"b\.json:1"):
            import_ctdl(stocked, distribution)
        report = import_ctdl(stocked, distribution, lenient=True)
    assert report.added == (CTID,)
    assert report.notices[0].startswith("left out: b.json:1")


def test_the_registrys_own_samples_are_read(stocked, shared_folder):
    folder = shared_folder / "data" / "ctdl" / "registry_assistant_samples"
    with open_distribution(folder) as distribution:
        report = import_ctdl(stocked, distribution, lenient=True)
    assert "ce-14525aea-57c5-4f5a-8f1c-bdc95c7f8b9b" in report.added
    assert len(report.added) >= 8


ACHIEVEMENT = {
    "id": "https://badges.example.org/achievements/barista",
    "type": ["Achievement"],
    "name": "Data Steward",
    "description": "Keeps tables right with SQL.",
    "achievementType": "Certificate",
    "criteria": {"narrative": "- Cleans a table\n- Explains a rule"},
    "creator": {"id": "did:web:example.org", "type": ["Profile"], "name": "Example", "url": "https://example.org"},
    "alignment": [
        {"type": ["Alignment"], "targetName": "Data Scientists", "targetUrl": "https://www.onetonline.org/link/summary/15-2051.00", "targetCode": "15-2051.00", "targetFramework": "O*NET-SOC 2019"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: node,
        lambda node: [node],
        lambda node: {
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"name": "Other", "url": "https://other.example"},
            "credentialSubject": {"achievement": node},
        },
    ],
    ids=["achievement", "array", "credential"],
)
def test_open_badges_achievements_are_read(bring, wrap):
    report, catalogue = bring(wrap(ACHIEVEMENT), import_openbadges)
    (code,) = report.added
    found = catalogue.listings[code]
    assert (found.type, found.provider.name) == ("Certificate", "Example")
    assert found.occupations == ("15-2051.00",)
    assert [c["en"] for c in found.conditions] == ["Cleans a table", "Explains a rule"]
    assert report.incomplete == {code: ("effort", "cost")}


def test_what_is_no_open_badge_is_refused(bring):
    with pytest.raises(ImportRefusedError, match=r"is no Open Badges 3\.0 Achievement"):
        bring({"type": "BadgeClass", "name": "x"}, import_openbadges)


def sheet(**changes):
    header, example = template().splitlines()
    values = dict(zip(header.split(","), example.split(","), strict=True))
    values.update(
        {"skills": "sql=working", "prerequisites": "spreadsheet-analysis | python-for-data"}
    )
    values.update(changes)
    return ",".join(values) + "\n" + ",".join(values.values()) + "\n"


def test_the_template_can_be_imported(bring):
    report, catalogue = bring(sheet(), import_sheet, "ours.csv")
    found = catalogue.achievements["sql-basics"]
    assert report.incomplete == {}
    assert found.prerequisites == (("spreadsheet-analysis", "python-for-data"),)
    assert [(tie.skill, tie.level, tie.alignment) for tie in found.skills] == [
        ("sql", "working", "declared")
    ]
    assert found.renewal.months == 36


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"skills": "alchemy"}, r"ours\.csv:2: skill “alchemy” is not in the catalogue"),
        ({"code": "Not a code"}, r"ours\.csv:2: code “Not a code”"),
        ({"cost": "cheap"}, r"ours\.csv:2: “cheap” is no number"),
        ({"currency": "dollars"}, r"ours\.csv:2: currency “dollars”"),
        ({"provider_url": "college"}, r"ours\.csv:2: provider_url “college”"),
        ({"occupations": "12"}, r"ours\.csv:2: occupation “12” is no code"),
        ({"name": ""}, r"ours\.csv:2: “name” is empty"),
        ({"level": "expert"}, r"ours\.csv:2: sql-basics: level"),
        ({"renewal_path": ""}, r"ours\.csv:2: renewal_months needs"),
    ],
)
def test_a_mistake_in_a_line_is_named(bring, changes, words):
    with pytest.raises(ImportRefusedError, match=words):
        bring(sheet(**changes), import_sheet, "ours.csv")


def test_every_bad_line_is_named_at_once(bring):
    header, line = sheet().splitlines()
    bad = line.replace("sql=working", "alchemy").replace("sql-basics", "b")
    with pytest.raises(
        ImportRefusedError, match=r"ours\.csv:3: .*\n.*ours\.csv:4: sql-basics is in line 2"
    ):
        bring(f"{header}\n{line}\n{bad}\n{line}", import_sheet, "ours.csv")


def test_an_own_credential_is_never_replaced(bring):
    report, catalogue = bring(sheet(code="sql-foundations"), import_sheet, "ours.csv")
    assert report.added == ()
    assert catalogue.achievements["sql-foundations"].is_awarded_here


def test_what_its_provider_offers_no_more_is_retired_when_asked(bring):
    header, line = sheet().splitlines()
    more = line.replace("sql-basics", "sql-more")
    foreign = line.replace("sql-basics", "sql-else").replace("Example College", "Other College")
    bring(f"{header}\n{line}\n{more}\n{foreign}", import_sheet, "all.csv")
    report, catalogue = bring(sheet(), import_sheet, "less.csv")
    assert (report.retired, "sql-more" in catalogue.achievements) == ((), True)
    _, catalogue = bring(sheet(), import_sheet, "less.csv", retire=True, dry_run=True)
    assert "sql-more" in catalogue.achievements
    report, catalogue = bring(sheet(), import_sheet, "less.csv", retire=True)
    assert report.retired == ("sql-more",)
    assert {"sql-basics", "sql-else"} <= set(catalogue.achievements)
    assert "sql-more" not in catalogue.listings
    report, catalogue = bring(f"{header}\n{line}\n{more}", import_sheet, "all.csv", retire=True)
    assert (report.added, report.retired) == (("sql-more",), ())
    assert "sql-more" in catalogue.achievements


def test_nothing_is_retired_where_a_file_was_left_out(bring, tmp_path):
    file = tmp_path / "graph.zip"
    bring(credential(), import_ctdl, "one.json")
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("two.json", json.dumps(credential(OTHER)))
        out.writestr("bad.json", "{")
    report, catalogue = bring(
        file.read_bytes(), import_ctdl, "graph.zip", lenient=True, retire=True
    )
    assert report.retired == ()
    assert "nothing was retired, because files were left out" in report.notices
    assert len(catalogue.listings) == 2
