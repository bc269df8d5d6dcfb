package dev.sluice.lifecycle;

import java.util.List;

/** What people add to migrations that a tool generated, so that the rows which are there fit. */
final class HandCases {

    private HandCases() {}

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of("by hand: a key turned round", """
                        CREATE TABLE docs (id int PRIMARY KEY, title text);
                        CREATE TABLE contents (id text PRIMARY KEY, doc_id int NOT NULL
                          CONSTRAINT contents_doc REFERENCES docs ON DELETE CASCADE ON UPDATE CASCADE);
                        CREATE UNIQUE INDEX contents_doc_key ON contents (doc_id);
                        INSERT INTO docs SELECT i, 't' || i FROM generate_series(1, :rows) i;
                        INSERT INTO contents SELECT 'c' || i, i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE contents DROP CONSTRAINT contents_doc;
                        DROP INDEX contents_doc_key;
                        ALTER TABLE docs ADD COLUMN content_id text;
                        UPDATE docs SET content_id = contents.id FROM contents WHERE docs.id = contents.doc_id;
                        ALTER TABLE docs ALTER COLUMN content_id SET NOT NULL;
                        ALTER TABLE contents DROP COLUMN doc_id;
                        CREATE UNIQUE INDEX docs_content_key ON docs (content_id);
                        ALTER TABLE docs ADD CONSTRAINT docs_content FOREIGN KEY (content_id) REFERENCES contents (id)
                          ON DELETE CASCADE ON UPDATE CASCADE;
                        """)
                        .withOld("WITH d AS (INSERT INTO docs VALUES (:n, 'old') RETURNING id)"
                                + " INSERT INTO contents SELECT 'o' || id, id FROM d"),
                LifecycleCase.of("by hand: the column of the primary key goes, and others become the key", """
                        CREATE TABLE owners (id serial PRIMARY KEY, item int NOT NULL, person int NOT NULL, note text,
                          CONSTRAINT owners_once UNIQUE (item, person));
                        INSERT INTO owners (item, person, note) SELECT i, i % 7, 'n' FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE owners DROP CONSTRAINT owners_once;
                        ALTER TABLE owners DROP COLUMN id;
                        ALTER TABLE owners ADD PRIMARY KEY (item, person);
                        """)
                        .withAnyValue("id")
                        .withOld("INSERT INTO owners (item, person) VALUES (:n, 1)"),
                LifecycleCase.of("by hand: rows without a match deleted, then not null", """
                        CREATE TABLE metas (id text PRIMARY KEY, body text);
                        CREATE TABLE docs (id int PRIMARY KEY, meta_id text UNIQUE
                          CONSTRAINT docs_meta REFERENCES metas ON DELETE SET NULL ON UPDATE CASCADE);
                        INSERT INTO metas SELECT 'm' || i, 'b' FROM generate_series(1, :rows) i;
                        INSERT INTO docs SELECT i, CASE WHEN i % 3 > 0 THEN 'm' || i END FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE docs DROP CONSTRAINT docs_meta;
                        ALTER TABLE metas ADD COLUMN doc_id int, ADD COLUMN message text;
                        UPDATE metas SET doc_id = (SELECT id FROM docs WHERE docs.meta_id = metas.id);
                        UPDATE metas SET message = body;
                        DELETE FROM metas WHERE doc_id IS NULL;
                        ALTER TABLE docs DROP COLUMN meta_id;
                        ALTER TABLE metas DROP COLUMN body;
                        ALTER TABLE metas ALTER COLUMN doc_id SET NOT NULL;
                        CREATE UNIQUE INDEX metas_doc_key ON metas (doc_id);
                        ALTER TABLE metas ADD CONSTRAINT metas_doc FOREIGN KEY (doc_id) REFERENCES docs (id)
                          ON DELETE CASCADE ON UPDATE CASCADE;
                        """)
                        .withOld("INSERT INTO metas VALUES ('o:n', 'old')"),
                LifecycleCase.of("by hand: literals for rows that meet a condition", """
                        CREATE TYPE origin AS ENUM ('document', 'template');
                        CREATE TABLE docs (id int PRIMARY KEY, title text);
                        INSERT INTO docs SELECT i, 't' || i % 3 FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE docs ADD COLUMN source origin, ADD COLUMN day date, ADD COLUMN number int,
                          ADD COLUMN price numeric(5, 2) DEFAULT 1, ADD COLUMN code varchar(3), ADD COLUMN tags text[],
                          ADD COLUMN rest jsonb;
                        UPDATE docs SET source = 'document' WHERE source IS NULL;
                        UPDATE docs SET day = '2020-02-29', number = '5', price = '1.25', code = 'abc', tags = '{a,b}',
                          rest = NULL WHERE title = 't1';
                        ALTER TABLE docs ALTER COLUMN source SET NOT NULL;
                        """)
                        .withOld("INSERT INTO docs VALUES (:n, 't1')")
                        .withNew("INSERT INTO docs (id, title, source) VALUES (:n, 't1', 'template')"),
                LifecycleCase.of("by hand: one default for the rows there are, another for new ones", """
                        CREATE TABLE portals (id int PRIMARY KEY, name text);
                        INSERT INTO portals SELECT i, 'p' || i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE portals ADD COLUMN personal boolean NOT NULL DEFAULT true;
                        ALTER TABLE portals ALTER COLUMN personal SET DEFAULT false;
                        """)
                        .withOld("INSERT INTO portals VALUES (:n, 'old')")
                        .withNew("INSERT INTO portals VALUES (:n, 'new', false)"),
                LifecycleCase.of("by hand: a fill that asks for the time follows what it is made of", """
                        CREATE TABLE docs (id int PRIMARY KEY, created timestamp(3) NOT NULL);
                        INSERT INTO docs SELECT i, timestamp '2020-01-01' + i * interval '1 day' FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE docs ADD COLUMN created_at timestamp(3);
                        UPDATE docs SET created_at = coalesce(created::timestamp, now());
                        ALTER TABLE docs ALTER COLUMN created_at SET DEFAULT now();
                        ALTER TABLE docs ALTER COLUMN created_at SET NOT NULL;
                        """)
                        .withOld(
                                "INSERT INTO docs VALUES (:n, '2021-05-05')",
                                "UPDATE docs SET created = created + interval '1 hour' WHERE id = :id")
                        .withNew("INSERT INTO docs VALUES (:n, '2022-05-05', '2022-05-05')"),
                LifecycleCase.of("by hand: a fill by a function that does not say what it is follows, too", """
                        CREATE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql AS
                          'BEGIN RETURN lower(replace(t, '' '', ''-'')); END';
                        CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL);
                        INSERT INTO docs SELECT i, 'Title ' || i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE docs ADD COLUMN slug text;
                        UPDATE docs SET slug = slug(title);
                        """)
                        .withOld(
                                "INSERT INTO docs VALUES (:n, 'Old Title :n')",
                                "UPDATE docs SET title = 'Another ' || id WHERE id = :id"),
                LifecycleCase.of("by hand: a key of two columns in the place of one", """
                        CREATE TABLE sessions (id text CONSTRAINT sessions_pkey PRIMARY KEY, project_id text NOT NULL);
                        CREATE UNIQUE INDEX sessions_both ON sessions (id, project_id);
                        CREATE TABLE traces (id int PRIMARY KEY, project_id text NOT NULL,
                          session_id text CONSTRAINT traces_session REFERENCES sessions ON UPDATE CASCADE);
                        INSERT INTO sessions SELECT 's' || i, 'p' FROM generate_series(1, :rows) i;
                        INSERT INTO traces SELECT i, 'p', 's' || i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE traces DROP CONSTRAINT traces_session;
                        DROP INDEX sessions_both;
                        ALTER TABLE sessions DROP CONSTRAINT sessions_pkey,
                          ADD CONSTRAINT sessions_pkey PRIMARY KEY (id, project_id);
                        ALTER TABLE traces ADD CONSTRAINT traces_both FOREIGN KEY (session_id, project_id)
                          REFERENCES sessions (id, project_id) ON UPDATE CASCADE;
                        """)
                        .withOld("INSERT INTO sessions VALUES ('o:n', 'p')"),
                LifecycleCase.of("by hand: new tables whose keys come behind them", """
                        CREATE TABLE users (id int PRIMARY KEY, name text);
                        INSERT INTO users SELECT i, 'u' || i FROM generate_series(1, :rows) i;
                        """, """
                        CREATE TABLE teams (id int PRIMARY KEY, owner_id int NOT NULL, first_member_id int);
                        CREATE TABLE members (id int PRIMARY KEY, team_id int NOT NULL, user_id int NOT NULL);
                        ALTER TABLE teams ADD FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE;
                        ALTER TABLE teams ADD CONSTRAINT teams_first FOREIGN KEY (first_member_id) REFERENCES members (id)
                          ON DELETE SET NULL;
                        ALTER TABLE members ADD CONSTRAINT members_team FOREIGN KEY (team_id) REFERENCES teams (id)
                          ON DELETE CASCADE, ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
                        """)
                        .withOld("INSERT INTO users VALUES (:n, 'old')"));
    }
}
