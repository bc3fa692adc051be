#!/bin/sh
# Puts the content of databases of the past into living ones. Runs in a pod of the cluster, by restore/copy-job.ts.
# Variables: PAST_HOST and LIVING_HOST, DATABASES (name:owner, with spaces between), WORK (an empty folder), and PGPORT, PGUSER,
# PGPASSWORD, PGSSLMODE of both.
set -eu

here=$(dirname "$0")

for one in $DATABASES; do
  database=${one%%:*} owner=${one#*:}
  # Whole, before anything is touched: a dump that breaks off changes nothing.
  pg_dump --host="$PAST_HOST" --dbname="$database" --role="$owner" --no-owner --file="$WORK/$database.sql"
  echo "$database: dumped"
done

for one in $DATABASES; do
  database=${one%%:*} owner=${one#*:}
  # One transaction: all of the past, or what was there before.
  psql --no-psqlrc --quiet --host="$LIVING_HOST" --dbname="$database" --set=ON_ERROR_STOP=on --single-transaction \
    --command="SET ROLE \"$owner\"" --file="$here/empty.sql" --file="$WORK/$database.sql" >/dev/null
  echo "$database: restored"
  for host in "$PAST_HOST" "$LIVING_HOST"; do
    psql --no-psqlrc --quiet --tuples-only --no-align --host="$host" --dbname="$database" --set=ON_ERROR_STOP=on \
      --command="SET ROLE \"$owner\"" --file="$here/content.sql" >"$WORK/$database.$([ "$host" = "$PAST_HOST" ] && echo past || echo living)"
  done
  cmp "$WORK/$database.past" "$WORK/$database.living" || {
    echo "$database: its content is not that of the past" >&2
    exit 1
  }
  rm "$WORK/$database.sql"
  echo "$database: $(wc -l <"$WORK/$database.living") tables, the same as in the past"
done
