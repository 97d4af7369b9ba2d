"""The containers get every setting they ask for, under the names it has everywhere else."""

import re
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"TELEGRAM_BOT_TOKEN", *(f"SKILLMARK_{name.upper()}" for name in Settings.model_fields)}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_bot_and_the_actions_are_given_settings_that_exist(compose):
    image = (ROOT / "docker" / "bot.Dockerfile").read_text()
    for service in ("bot", "actions"):
        given = {*compose["services"][service]["environment"]} | set(
            re.findall(r"(SKILLMARK_\w+)=", image)
        )
        assert given <= NAMES
        assert {"SKILLMARK_KEK_FILE", "SKILLMARK_PUBLIC_URL", "SKILLMARK_TICKET_KEY"} <= given


def test_rasa_is_given_everything_its_configuration_asks_for(compose):
    given = {*compose["services"]["rasa"]["environment"]}
    for name in ("endpoints.production.yml", "channels.yml"):
        asked = re.findall(r"\$\{(\w+)\}", (ROOT / "nlu" / name).read_text())
        assert asked
        assert set(asked) <= given, name


def test_every_variable_of_env_is_explained(compose):
    guide = (ROOT / "docs" / "operating.md").read_text()
    for name in re.findall(r"\$\{(\w+)(?::\?[^}]*)?\}", (ROOT / "docker-compose.yml").read_text()):
        assert f"{name}=" in guide, name


def test_services_stand_on_networks_volumes_and_configs_that_are_declared(compose):
    for name, service in compose["services"].items():
        assert set(service["networks"]) <= set(compose["networks"]), name
        volumes = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert volumes <= set(compose["volumes"]), name
        assert {one["source"] for one in service.get("configs", [])} <= set(
            compose.get("configs", {})
        )
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name


def test_the_images_install_what_is_locked_and_copy_what_is_there():
    for file in (ROOT / "docker").glob("*.Dockerfile"):
        recipe = file.read_text()
        assert "--require-hashes" in recipe
        for line in re.findall(r"^COPY (.+)$", recipe, re.MULTILINE):
            for source in line.split()[:-1]:
                assert (ROOT / source).exists(), source


def test_the_model_in_the_image_is_trained_as_make_trains_it():
    recipe = (ROOT / "docker" / "rasa.Dockerfile").read_text()
    for step in re.findall(r"python (\w+\.py)", (ROOT / "nlu" / "Makefile").read_text()):
        assert f"python {step}" in recipe
