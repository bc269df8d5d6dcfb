package dev.sluice.lifecycle;

import java.util.List;

/** Tables with triggers that do something when rows change, and statements that read rows of other tables. */
final class ActingCases {

    /** They count what happens to a row, and to the table. */
    static final String JARS = """
            CREATE TABLE jars (id int PRIMARY KEY, size int, note text, touched int NOT NULL DEFAULT 0);
            CREATE TABLE seen (what text);
            INSERT INTO jars SELECT i, i, 'n' || i FROM generate_series(1, :rows) i;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN NEW.touched := NEW.touched + 1; RETURN NEW; END $$;
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO seen VALUES (TG_OP || ' ' || TG_LEVEL); RETURN NULL; END $$;
            CREATE TRIGGER touch BEFORE UPDATE ON jars FOR EACH ROW EXECUTE FUNCTION touch();
            """;

    static final String SEE_ROWS = "CREATE TRIGGER see_rows AFTER UPDATE ON jars FOR EACH ROW EXECUTE FUNCTION see();";

    static final String SEE_STATEMENTS =
            "CREATE TRIGGER see_all AFTER UPDATE ON jars FOR EACH STATEMENT EXECUTE FUNCTION see();";

    static final String SEE_NOTES = """
            CREATE TRIGGER see_notes AFTER UPDATE OF note ON jars FOR EACH ROW EXECUTE FUNCTION see();
            CREATE TRIGGER "see ON all" AFTER INSERT OR UPDATE OF id, note ON jars FOR EACH STATEMENT EXECUTE FUNCTION see();
            COMMENT ON TRIGGER see_notes ON jars IS 'noted';
            """;

    private ActingCases() {}

    private static LifecycleCase quiet(String name, String up) {
        return LifecycleCase.of("acting: " + name, JARS + SEE_ROWS + SEE_STATEMENTS, up)
                .withOld("INSERT INTO jars VALUES (:n, 1, 'old')");
    }

    static List<LifecycleCase> all() {
        return List.of(
                quiet("another type fires no trigger", """
                        -- sluice:allow same-name-cutover reason="the readers are stopped"
                        ALTER TABLE jars ALTER COLUMN id TYPE bigint;
                        """),
                quiet("another name fires no trigger", "ALTER TABLE jars RENAME note TO remark;"),
                LifecycleCase.of("acting: a trigger moves a deferred key", """
                        CREATE TABLE steps (id int PRIMARY KEY, place int UNIQUE DEFERRABLE INITIALLY DEFERRED, label text);
                        CREATE FUNCTION shift() RETURNS trigger LANGUAGE plpgsql AS
                          $$ BEGIN NEW.place := NEW.place + 1; RETURN NEW; END $$;
                        INSERT INTO steps SELECT i, i, 'a' FROM generate_series(1, 300) i;
                        CREATE TRIGGER shift BEFORE UPDATE ON steps FOR EACH ROW EXECUTE FUNCTION shift();
                        """, "UPDATE steps SET label = 'b';")
                        .withAnyValue("place"),
                LifecycleCase.of(
                                "acting: triggers for the column that gets another name",
                                JARS + SEE_NOTES,
                                "ALTER TABLE jars RENAME note TO remark; ALTER TABLE jars RENAME TO pots;")
                        .withOld(
                                "INSERT INTO jars VALUES (:n, 1, 'old')", "UPDATE jars SET note = 'o:n' WHERE id = :id")
                        .withNew("UPDATE pots SET remark = 'n:n' WHERE id = :id"),
                quiet(
                                "a default for each row fires no trigger",
                                "ALTER TABLE jars ADD COLUMN code uuid DEFAULT gen_random_uuid();")
                        .withAnyValue("code"),
                quiet(
                        "a trigger is switched off, and then dropped",
                        "ALTER TABLE jars DISABLE TRIGGER touch; DROP TRIGGER touch ON jars;"),
                LifecycleCase.of(
                                "acting: a comment behind a rename, and the comment before",
                                "CREATE TABLE pots (id int PRIMARY KEY, size int); COMMENT ON TABLE pots IS 'before';"
                                        + " COMMENT ON COLUMN pots.size IS 'in cm'; INSERT INTO pots SELECT"
                                        + " generate_series(1, :rows);",
                                "ALTER TABLE pots RENAME TO pans; COMMENT ON TABLE pans IS 'after';"
                                        + " COMMENT ON COLUMN pans.size IS 'in mm';")
                        .withOld("INSERT INTO pots VALUES (:n, 1)"));
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "acting: a trigger moves a deferred key in rows that are filled",
                        """
                        CREATE TABLE steps (id int PRIMARY KEY, place int UNIQUE DEFERRABLE INITIALLY DEFERRED, label text);
                        CREATE FUNCTION shift() RETURNS trigger LANGUAGE plpgsql AS
                          $$ BEGIN NEW.place := NEW.place + 1; RETURN NEW; END $$;
                        CREATE TRIGGER shift BEFORE UPDATE ON steps FOR EACH ROW EXECUTE FUNCTION shift();
                        INSERT INTO steps SELECT i, i, 'a' FROM generate_series(1, 20) i;
                        """,
                        "ALTER TABLE steps ADD COLUMN mark text;\nUPDATE steps SET mark = lower(label);",
                        "fill-with-key-trigger",
                        2,
                        "off"),
                new RefusedCase(
                        "acting: rows go behind a fill that a trigger sees",
                        JARS + SEE_ROWS,
                        "ALTER TABLE jars ADD COLUMN twice int;\nUPDATE jars SET twice = size * 2;\n"
                                + "DELETE FROM jars WHERE id > 5;",
                        "rows-behind-fill",
                        3,
                        "before line 3"),
                new RefusedCase(
                        "order: a new column is filled from rows that change in contract",
                        "CREATE TABLE jars (id int PRIMARY KEY, size int); INSERT INTO jars SELECT generate_series(1,"
                                + " 300);",
                        "ALTER TABLE jars RENAME size TO width;\nUPDATE jars SET width = 5;\n"
                                + "ALTER TABLE jars ADD COLUMN twice int;\nUPDATE jars SET twice = width * 2;",
                        "fill-from-what-waits",
                        4,
                        "in a migration before this one"),
                new RefusedCase(
                        "order: a new column is looked up in a table by its new name",
                        "CREATE TABLE jars (id int PRIMARY KEY); CREATE TABLE lids (id int PRIMARY KEY, name text); INSERT INTO jars SELECT generate_series(1, 300); INSERT INTO lids SELECT id FROM jars;",
                        "ALTER TABLE lids RENAME TO caps;\nALTER TABLE jars ADD COLUMN cap text;\n"
                                + "UPDATE jars SET cap = (SELECT name FROM caps WHERE caps.id = jars.id);",
                        "fill-from-what-waits",
                        3,
                        "give it another name"),
                new RefusedCase(
                        "order: a table drops what refers to its own key, whose type changes",
                        "CREATE TABLE jars (id uuid PRIMARY KEY, above uuid REFERENCES jars); INSERT INTO jars SELECT"
                                + " gen_random_uuid() FROM generate_series(1, 300);",
                        "ALTER TABLE jars DROP COLUMN above;\n-- sluice:allow same-name-cutover reason=\"nobody reads\"\n"
                                + "ALTER TABLE jars ALTER id TYPE text;",
                        "change-type-of-key",
                        3,
                        "in a migration of its own"),
                new RefusedCase(
                        "order: a view in the place of a table whose foreign key is made anew",
                        "CREATE TABLE jars (id int PRIMARY KEY); CREATE TABLE lids (id int PRIMARY KEY, jar int"
                                + " REFERENCES jars, name text); INSERT INTO jars SELECT generate_series(1, 300);"
                                + " INSERT INTO lids SELECT id, id FROM jars;",
                        "ALTER TABLE jars ALTER id TYPE bigint;\n-- sluice:strategy view\n"
                                + "ALTER TABLE lids RENAME name TO label;",
                        "rename-by-view",
                        3,
                        "remove the -- sluice:strategy line"));
    }
}
