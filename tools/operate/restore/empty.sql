-- Takes away every schema of the database's own, also what came after the moment that is restored.
SET client_min_messages = warning;
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT nspname FROM pg_namespace
    WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
  LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
END
$$;
-- A dump takes this one for granted, as `initdb` makes it.
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
