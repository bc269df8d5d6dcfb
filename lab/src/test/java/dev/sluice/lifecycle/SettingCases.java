package dev.sluice.lifecycle;

import java.util.List;

/** What a script sets for itself. */
final class SettingCases {

    private static final String TWICE = """
            CREATE SCHEMA app;
            CREATE TABLE app.users (id int PRIMARY KEY, name text);
            CREATE TABLE public.users (id int PRIMARY KEY, name text);
            INSERT INTO app.users SELECT i, 'n' || i FROM generate_series(1, :rows) i;
            INSERT INTO public.users TABLE app.users;
            """;

    private SettingCases() {}

    static List<LifecycleCase> all() {
        return List.of(searchPath(), functionBodies());
    }

    /** What the old definition named is gone, too. */
    private static LifecycleCase functionBodies() {
        String schema = TWICE + """
                CREATE TABLE app.gone (id int);
                CREATE FUNCTION app.lost() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM app.gone';
                DROP TABLE app.gone;
                """;
        return LifecycleCase.of("settings: functions that name what comes later", schema, """
                        SET check_function_bodies = false;
                        CREATE FUNCTION app.full_jars() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM app.jars WHERE big';
                        CREATE OR REPLACE FUNCTION app.lost() RETURNS bigint LANGUAGE sql AS 'SELECT app.full_jars()';
                        CREATE TABLE app.jars (id int PRIMARY KEY, big boolean);
                        ALTER TABLE app.users RENAME COLUMN name TO label;
                        """)
                .withOld("UPDATE app.users SET name = 'old' WHERE id = :id")
                .withNew("UPDATE app.users SET label = 'new' WHERE id = :id", "SELECT app.lost()");
    }

    private static LifecycleCase searchPath() {
        return LifecycleCase.of("settings: a search path at the beginning", TWICE, """
                        SET lock_timeout = '2s';
                        SET search_path TO "$user", app, public;
                        ALTER TABLE users RENAME COLUMN name TO label;
                        ALTER TABLE users ADD COLUMN twice int;
                        UPDATE users SET twice = id * 2;
                        CREATE TABLE jars (id int PRIMARY KEY, owner int REFERENCES users);
                        CREATE VIEW known AS SELECT id FROM users;
                        RESET search_path;
                        """)
                .withOld("UPDATE app.users SET name = 'old' WHERE id = :id", "INSERT INTO app.users VALUES (:n, 'old')")
                .withNew("UPDATE app.users SET label = 'new' WHERE id = :id");
    }

    private static RefusedCase refused(String name, String up, String hazard, int line, String advice) {
        return new RefusedCase("settings: " + name, TWICE.replace(":rows", "300"), up, hazard, line, advice);
    }

    static List<RefusedCase> refused() {
        return List.of(
                refused(
                        "another search path in the middle",
                        "ALTER TABLE users ADD COLUMN size int;\nSET search_path = app;\nALTER TABLE users ADD COLUMN weight"
                                + " int;",
                        "search-path-in-script",
                        2,
                        "the schema in front of the names"),
                refused(
                        "a search path by set_config",
                        "SELECT pg_catalog.set_config('search_path', 'app', false);\nALTER TABLE users ADD COLUMN size"
                                + " int;",
                        "search-path-in-script",
                        1,
                        "SET search_path"),
                refused(
                        "a time zone",
                        "SET timezone = 'Asia/Tokyo';\nALTER TABLE users ADD COLUMN born timestamptz DEFAULT '2026-01-01"
                                + " 00:00';",
                        "setting-in-script",
                        1,
                        "a time with its zone"),
                refused(
                        "a role",
                        "SET ROLE pg_monitor;\nALTER TABLE users ADD COLUMN size int;",
                        "setting-in-script",
                        1,
                        "Run Sluice as that role"));
    }
}
