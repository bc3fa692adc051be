-- One line for each table: its name, its rows, and a sum over all their values.
SELECT format('%I.%I', schemaname, tablename),
  array_to_string(xpath('/row/*/text()', query_to_xml(
    format(
      'SELECT count(*) AS rows, coalesce(sum((''x'' || substr(md5(t::text), 1, 12))::bit(48)::bigint), 0) AS content FROM %I.%I AS t',
      schemaname, tablename),
    false, true, '')), ' ')
FROM pg_tables
WHERE schemaname <> 'information_schema' AND schemaname !~ '^pg_'
ORDER BY 1;
