"""Small distributions in the published formats, written by the tests."""

import csv
import zipfile
from pathlib import Path

from openpyxl import Workbook

DEVELOPER, ANALYST, TEACHER, OTHER = "15-1252.00", "15-2051.00", "25-2021.00", "15-1299.00"

Rows = dict[str, list[list[object]]]

_RATED = "O*NET-SOC Code|Element ID|Element Name|Scale ID|Data Value|N|Standard Error|Lower CI Bound|Upper CI Bound|Recommend Suppress|Not Relevant|Date|Domain Source"
_READING = ["2.A.1.a", "Reading Comprehension"]
_PROGRAMMING = ["2.B.3.e", "Programming"]
_REST = [8, "0.1250", "3.8800", "4.3700", "N", "n/a", "08/2023", "Analyst"]


def onet_tables() -> Rows:
    """O*NET as of 30.3: renamed files and columns."""
    return {
        "Occupation Data": [
            ["O*NET-SOC Code", "Title", "Description"],
            [DEVELOPER, "Software Developers", "Design and develop software."],
            [ANALYST, "Data Scientists", 'Develop "models" of data.'],
            [TEACHER, "Elementary School Teachers", "Teach pupils."],
            [OTHER, "Computer Occupations, All Other", "All computer occupations not listed."],
        ],
        "Job Titles": [
            ["O*NET-SOC Code", "Job Title", "Short Title", "Source(s)"],
            [DEVELOPER, "Application Developer (App Developer)", "App Developer", "02,08"],
            [DEVELOPER, 'The "Code" Person', "n/a", "08"],
            [ANALYST, "Chief Data Officer (CDO)", "CDO", "04"],
        ],
        "Essential Skills": [
            _RATED.split("|"),
            [DEVELOPER, *_READING, "IM", "3.50", *_REST],
            [DEVELOPER, *_READING, "LV", "4.25", *_REST],
        ],
        "Transferable Skills": [
            _RATED.split("|"),
            [DEVELOPER, *_PROGRAMMING, "IM", "4.12", *_REST],
            [DEVELOPER, *_PROGRAMMING, "LV", "4.38", *_REST],
            [ANALYST, *_PROGRAMMING, "IM", "3.00", *_REST[:4], "Y", "n/a", *_REST[6:]],
            [ANALYST, *_PROGRAMMING, "LV", "0.00", *_REST[:4], "N", "Y", *_REST[6:]],
        ],
        "Software Skills": [
            ["O*NET-SOC Code", "Workplace Example", "Element ID", "Element Name", "Hot Technology", "In Demand"],
            [DEVELOPER, "Python", "2.E.7.b", "Object oriented languages", "Y", "Y"],
            [ANALYST, "Python", "2.E.7.b", "Object oriented languages", "Y", "N"],
            [ANALYST, "R", "2.E.7.b", "Object oriented languages", "Y", "N"],
        ],
        "Sample of Reported Titles": [
            ["O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"],
            [DEVELOPER, "Developer", "Y"],
        ],
        "Job Zones": [
            ["O*NET-SOC Code", "Job Zone", "Date", "Domain Source"],
            [DEVELOPER, 4, "08/2023", "Analyst"],
        ],
        "Related Occupations": [
            ["O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index"],
            [DEVELOPER, ANALYST, "Primary-Short", 1],
        ],
        "Task Statements": [
            ["O*NET-SOC Code", "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source"],
            [DEVELOPER, 7, "Write supporting code.", "Supplemental", 8, "08/2023", "Incumbent"],
            [DEVELOPER, 8, "Write code.", "Core", 95, "08/2023", "Incumbent"],
        ],
        "Education": [
            ["O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Category", "Data Value", "N", "Standard Error", "Lower CI Bound", "Upper CI Bound", "Recommend Suppress", "Date", "Domain Source"],
            [DEVELOPER, "2.D.1", "Required Level of Education", "RL", 6, "84.80", *_REST[:5], *_REST[6:]],
            [DEVELOPER, "2.D.4.a", "Job-Related Professional Certification", "IM", "n/a", "2.10", *_REST[:5], *_REST[6:]],
        ],
        "Content Model Reference": [
            ["Element ID", "Element Name", "Description"],
            [*_PROGRAMMING, "Writing computer programs for various purposes."],
        ],
    }  # fmt: skip


def old_onet_tables() -> Rows:
    """The same content as of 27.0: older files and columns, no In Demand."""
    new = onet_tables()
    software = [
        [code, example, "43232402", "Development environment software", hot]
        for code, example, _, _, hot, _ in new["Software Skills"][1:]
    ]
    return {
        "Occupation Data": new["Occupation Data"],
        "Alternate Titles": [
            ["O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"],
            *new["Job Titles"][1:],
        ],
        "Skills": [*new["Essential Skills"], *new["Transferable Skills"][1:]],
        "Technology Skills": [
            ["O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title", "Hot Technology"],
            *software,
        ],
        "Sample of Reported Titles": new["Sample of Reported Titles"],
        "Job Zones": [*new["Job Zones"], [TEACHER, 1, "07/2019", "Analyst"]],
        "Related Occupations": new["Related Occupations"],
        "Task Statements": new["Task Statements"],
        "Education, Training, and Experience": [
            *new["Education"][:2],
            [DEVELOPER, "3.A.1", "Related Work Experience", "RW", 6, "10.00", *_REST[:5], *_REST[6:]],
        ],
        "Content Model Reference": new["Content Model Reference"],
    }  # fmt: skip


def write_onet(folder: Path, tables: Rows, release: str = "30.3") -> Path:
    """As tab-separated text with CRLF, the way it is published."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        lines = ["\t".join(str(cell) for cell in row) for row in rows]
        (folder / f"{name}.txt").write_text("\r\n".join(lines) + "\r\n", newline="")
    (folder / "Read Me.txt").write_text(f"O*NET {release} Database\nMay 2026 Release\n")
    return folder


def write_onet_workbooks(folder: Path, tables: Rows, release: str = "30.3") -> Path:
    """As the Excel edition: numbers are numbers, and a Title column follows the code."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        book = Workbook()
        for number, row in enumerate(rows):
            cells = [_cell(cell) for cell in row]
            if name not in {"Occupation Data", "Content Model Reference"}:
                cells.insert(1, "Title" if number == 0 else "A title")
            book.active.append(cells)
        book.save(folder / f"{name}.xlsx")
    (folder / "Read Me.txt").write_text(f"O*NET {release} Database\n")
    return folder


def zipped(folder: Path, archive: Path) -> Path:
    """The folder as a zip archive, under its own name as published archives are."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(folder.iterdir()):
            out.write(file, f"{folder.name}/{file.name}")
    return archive


def _cell(cell: object) -> object:
    text = str(cell)
    return float(text) if text.replace(".", "", 1).isdigit() and "." in text else cell


ESCO = "http://data.europa.eu/esco"
NURSE, CARER = f"{ESCO}/occupation/nurse", f"{ESCO}/occupation/carer"
FIRST_AID, CARE, GROUP = f"{ESCO}/skill/first-aid", f"{ESCO}/skill/care", f"{ESCO}/skill/S3"


def esco_tables() -> Rows:
    """ESCO as of 1.1.1: relations without labels."""
    scheme = f"{ESCO}/concept-scheme/skills,\n{ESCO}/concept-scheme/member-skills"
    skill = "KnowledgeSkillCompetence"
    return {
        "occupations_en": [
            ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate", "regulatedProfessionNote", "scopeNote", "definition", "inScheme", "description", "code"],
            ["Occupation", NURSE, "2221", "nurse", "staff nurse\nregistered nurse\nnurse", "nurze", "released", "", f"{ESCO}/regulated-professions/regulated", "", "", scheme, "Cares for patients.", "2221.1"],
            ["Occupation", CARER, "5322", "home care aide", "", "", "released", "", f"{ESCO}/regulated-professions/unregulated", "", "", scheme, "Helps at home, \"day\" and night.", "5322.1"],
        ],
        "skills_en": [
            ["conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate", "scopeNote", "definition", "inScheme", "description"],
            [skill, FIRST_AID, "knowledge", "cross-sector", "first aid", "CPR\nemergency aid", "1st aid", "released", "", "", "", scheme, "Help in\nan emergency."],
            [skill, CARE, "skill/competence", "transversal", "care for people", "", "", "released", "", "", "", scheme, ""],
            [skill, f"{ESCO}/skill/old", "skill/competence", "", "use a leech", "", "", "obsolete", "", "", "", scheme, ""],
            [skill, f"{ESCO}/skill/nameless", "", "", "", "", "", "released", "", "", "", scheme, ""],
        ],
        "occupationSkillRelations": [
            ["occupationUri", "relationType", "skillType", "skillUri"],
            [NURSE, "essential", "knowledge", FIRST_AID],
            [NURSE, "optional", "skill/competence", CARE],
            [CARER, "essential", "skill/competence", CARE],
            [f"{ESCO}/occupation/gone", "essential", "skill/competence", CARE],
        ],
        "skillGroups_en": [
            ["conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate", "scopeNote", "inScheme", "description", "code"],
            ["SkillGroup", GROUP, "assisting and caring", "", "", "released", "", "", scheme, "", "S3"],
        ],
        "broaderRelationsSkillPillar": [
            ["conceptType", "conceptUri", "broaderType", "broaderUri"],
            [skill, FIRST_AID, "SkillGroup", GROUP],
        ],
    }  # fmt: skip


def newer_esco_tables() -> Rows:
    """The same content as of 1.2.1: every file names the language, more columns."""
    old = esco_tables()
    occupations = [[*row, "M86"] for row in old["occupations_en"]]
    occupations[0][-1] = "naceCode"
    relations = [[*row, "an occupation", "a skill"] for row in old["occupationSkillRelations"]]
    relations[0][-2:] = ["occupationLabel", "skillLabel"]
    broader = [[*row, "a", "b"] for row in old["broaderRelationsSkillPillar"]]
    broader[0][-2:] = ["conceptLabel", "broaderLabel"]
    return {
        "occupations_en": occupations,
        "skills_en": old["skills_en"],
        "skillGroups_en": old["skillGroups_en"],
        "occupationSkillRelations_en": relations,
        "broaderRelationsSkillPillar_en": broader,
        "dictionary_en": [["filename", "dataheader"], ["skills", "conceptUri"]],
    }


def write_csv(folder: Path, tables: Rows) -> Path:
    """As comma-separated text, cells quoted where they need it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder
