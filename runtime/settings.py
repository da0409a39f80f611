"""Everything that differs between one installation and the next."""

from functools import cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = Path("/run/secrets")
"""Where containers find their secrets, one per file: `letterbox_database_url`."""


class Settings(BaseSettings):
    """Read once from the environment (`LETTERBOX_PORT`), `.env`, or files in the secrets folder.

    What each is for stands in `.env.example`.
    """

    model_config = SettingsConfigDict(
        env_prefix="LETTERBOX_",
        env_file=".env",
        # Naming a folder that is not there is a warning.
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        extra="ignore",
        frozen=True,
    )

    database_url: SecretStr | None = None
    owner_database_url: SecretStr | None = None
    folder: Path = Path("var")
    keys_folder: Path | None = None

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://localhost:8000"
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    theme: Path | None = None

    login_issuer: str = "http://127.0.0.1:9400"
    login_client_id: str = "letterbox"
    login_client_secret: SecretStr = SecretStr("")
    login_claim: str = "sub"
    login_levels: tuple[str, ...] = ()

    staff_login_issuer: str = "http://127.0.0.1:9400"
    staff_login_client_id: str = "letterbox-office"
    staff_login_client_secret: SecretStr = SecretStr("")
    staff_login_levels: tuple[str, ...] = ()
    staff_organisation_claim: str = "organisation_number"
    staff_name_claim: str = "name"

    smtp_url: SecretStr = SecretStr("")
    mail_sender: str = ""

    readers: int = 2
    requests_per_minute: int = 3000
    worker_metrics_port: int | None = None

    @property
    def keys(self) -> Path:
        """Where the keys are: a folder of its own, apart from what they seal."""
        return self.keys_folder or self.folder / "keys"


@cache
def settings() -> Settings:
    """Return the settings of this installation."""
    return Settings()
