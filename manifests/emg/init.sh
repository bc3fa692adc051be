# Makes users and databases by init.sql beside this file. Variables: PGHOST, PGPORT, PGUSER and PGPASSWORD of who may make
# both; POSTGRES_PREFECT_USER and _PASSWORD; POSTGRES_APP_USER and _PASSWORD where there is the API.
set -eu

# Arguments of a function and of `printf` are no arguments of a process.
make_database() {
  name=$1 password=$2 extension=$3
  # An empty line would take the password away, and be no error.
  [ -n "$password" ] || { echo "The password of $name is empty." >&2; exit 1; }
  printf '%s\n%s\n' "$password" "$password" |
    psql --no-psqlrc --quiet --dbname=postgres --set=ON_ERROR_STOP=on \
      --set=name="$name" --set=extension="$extension" --file="${0%/*}/init.sql"
  echo "Database $name is ready."
}

make_database "$POSTGRES_PREFECT_USER" "$POSTGRES_PREFECT_PASSWORD" pg_trgm
if [ -n "${POSTGRES_APP_USER-}" ]; then
  make_database "$POSTGRES_APP_USER" "$POSTGRES_APP_PASSWORD" ltree
fi
