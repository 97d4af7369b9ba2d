"""Trains models/skillmark.tar.gz, unless the model there came from exactly these inputs.

Usage: python train.py [--force]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

PROJECT = Path(__file__).parent
MODEL = PROJECT / "models" / "skillmark.tar.gz"
FINGERPRINT = PROJECT / "models" / "skillmark.sha256"
INPUTS = ("config.yml", "domain/*.yml", "data/**/*.yml", "components/*.py")
LIBRARIES = "requirements.lock"


def fingerprint(project: Path) -> str:
    """SHA-256 over the name and content of everything that shapes the model."""
    digest = hashlib.sha256()
    for pattern in (*INPUTS, LIBRARIES):
        for path in sorted(project.glob(pattern)):
            name = path.relative_to(project).as_posix()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def is_current(inputs: str) -> bool:
    return MODEL.exists() and FINGERPRINT.exists() and FINGERPRINT.read_text() == inputs


def train() -> int:
    """Exit code of the training; Rasa's cache stays unused, it may bring back old components."""
    from rasa import train as rasa_train  # noqa: PLC0415 - takes seconds, often not needed

    sys.path.insert(0, str(PROJECT))
    result = rasa_train(
        domain="domain",
        config="config.yml",
        training_files=["data"],
        output="models",
        force_training=True,
        fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
    )
    return int(result.code)


def main() -> int:
    inputs = fingerprint(PROJECT)
    if is_current(inputs) and "--force" not in sys.argv:
        print(f"{MODEL.relative_to(PROJECT)} is up to date")
        return 0
    FINGERPRINT.unlink(missing_ok=True)
    code = train()
    if code == 0:
        FINGERPRINT.write_text(inputs)
    return code


if __name__ == "__main__":
    sys.exit(main())
