#!/usr/bin/env bash
# The login roles, made once when docker-compose.yml starts an empty database.
# Their passwords are those in the two addresses, so that each stands in one place only.
set -euo pipefail

secrets="${LETTERBOX_SECRETS:-/run/secrets}"

password() {
  sed -E 's#^[^:]+://[^:]+:([^@]+)@.*$#\1#' "$secrets/$1"
}

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set database="$POSTGRES_DB" \
  --set owner="$(password letterbox_owner_database_url)" \
  --set web="$(password letterbox_database_url)" <<'SQL'
CREATE ROLE letterbox_app NOLOGIN;
-- The first migration may have to make letterbox_app, hence CREATEROLE.
CREATE ROLE letterbox_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE letterbox_web LOGIN IN ROLE letterbox_app PASSWORD :'web';
ALTER DATABASE :"database" OWNER TO letterbox_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO letterbox_app;
SQL
