-- One user and the database of the same name, which it owns. psql is given both names, and the password twice on its
-- standard input. Again is harmless: what is there stays, and the password is set anew.
SELECT format('CREATE ROLE %I LOGIN', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec

-- The server's log has each statement about a role. \password sends a verifier; ALTER ROLE would send the password.
\password :name

-- Who made a role is its member from PostgreSQL 16 on, but may not SET ROLE to it: so always, whether member or not.
GRANT :"name" TO CURRENT_USER;

SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;

\connect :"name"
SET ROLE :"name";
CREATE EXTENSION IF NOT EXISTS :"extension";
