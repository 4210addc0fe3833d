"""The text in each backup for somebody who has the file and nothing else."""

README = """\
This is a backup of KRC Check-in: the database of a centre, and what it takes to run it again.

With the program:      just restore FILE        (on a machine without `just`: ./run restore FILE)

Without it, with head, tail, sha256sum, tar, age and PostgreSQL's pg_restore:

1. Is the file whole? Both commands must show the same 64 digits:
       head -c -128 FILE | sha256sum
       tail -c 128 FILE
2. Unpack it:
       tar -xf FILE
   manifest.json says when it was made, of which server, and how many rows each table has.
3. Put the data into an empty database. pg_restore must be at least as new as "dumped_with" in manifest.json:
       createdb NAME
       pg_restore --no-owner --no-privileges --exit-on-error --dbname NAME database.dump
4. Open the secrets with the passphrase that the centre keeps (no secrets.age: there was no passphrase):
       age --decrypt --output secrets.tar secrets.age
       tar -xf secrets.tar
5. Point the program at the database (DATABASE_URL), give it the file secret-key (SECRET_KEY_FILE), and run `just bootstrap`.
   config/installation.json goes into the folder CONFIG_DIR.

Carry out again by hand what `just restore` would do: erase the clients whose erasure was asked for after this backup was made
(erasures.jsonl in the folder CONFIG_DIR lists their numbers), and sign everybody out (DELETE FROM refresh_tokens).
"""
