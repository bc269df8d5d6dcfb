package dev.sluice.cli;

import java.util.List;
import java.util.Random;

/** Real inputs, and what chance makes of them: pieces swapped, doubled, cut, and spoilt by what parsers trip over. */
final class InputMutations {

    static final List<String> SCRIPTS = List.of(
            """
            -- migrate:up
            -- sluice:allow unknown-change reason="because" until=2027-01-31
            ALTER TABLE users ADD COLUMN full_name text NOT NULL DEFAULT 'x''y';
            UPDATE users SET full_name = concat(first, ' ', last) WHERE id > 5;
            -- migrate:down
            ALTER TABLE users DROP COLUMN full_name;
            """,
            """
            -- +goose Up
            -- +goose StatementBegin
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NEW; END $body$;
            -- +goose StatementEnd
            -- +goose Down
            DROP FUNCTION f();
            """,
            """
            -- sluice:depends 20260101000000
            -- sluice:phase expand
            -- sluice:transaction off
            CREATE UNIQUE INDEX CONCURRENTLY i ON "We""ird".t (lower(a), (b || $1$;$1$)) WHERE c IS NOT NULL;
            /* nested /* comment */ ; */ SELECT E'\\\\n', U&'\\0041', B'101', X'ff', 1e10, :x, $2;
            """,
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, EXCLUDE USING gist (r WITH &&)) PARTITION BY RANGE (id);");

    static final List<String> PLANS =
            List.of("{\"migration\":{\"version\":\"1\",\"name\":\"n\",\"checksum\":\"c\"},\"serverVersion\":180000,"
                    + "\"catalogFingerprint\":\"\",\"searchPath\":\"public\",\"expand\":[{\"type\":\"brief\",\"info\":{\"id\":\"a\","
                    + "\"title\":\"t\",\"reason\":\"r\",\"source\":{\"file\":\"f\",\"line\":1,\"column\":1},\"locks\":[],"
                    + "\"estimatedRows\":-1,\"estimatedBytes\":-1,\"undo\":[]},\"purpose\":\"ddl\",\"guards\":[],"
                    + "\"statements\":[\"SELECT 1\"]}],\"contract\":[],\"purge\":[],\"notes\":[]}");

    static final List<String> SETTINGS = List.of(
            "url = \"postgres://u@h/x\"\ndir = \"migrations\"\nlock_timeout = \"50ms\"\nworkers = 2\ncancel_blockers = false\n",
            "# comment\nlayout = 'flyway'\nformat = \"json\"\nonly_between = \"01:00-05:00\"\ndisk_free = \"20GB\"\n");

    static final List<String> ARGUMENTS = List.of(
            "up\n--to\n20260101000000\n--lock-timeout=50ms",
            "plan\n--brief\n--format\njson",
            "down\n2\n--yes\n--contract-only",
            "lint\n--format=sarif\n-",
            "speed\n50%\n-v",
            "repair\n--stamp\n1\n--rebuild\n--through=2",
            "status\n--url\npostgres://u:p@h:1/x?sslmode=require");

    static final List<String> SIZES =
            List.of("{\"source\":\"db\",\"tables\":[{\"schema\":\"public\",\"name\":\"users\",\"rows\":10,"
                    + "\"heapBytes\":8192,\"indexBytes\":8192,\"indexes\":1,\"readsPerSecond\":1.5,\"writesPerSecond\":0.5}],"
                    + "\"queries\":[{\"text\":\"SELECT 1\",\"callsPerSecond\":2.0}]}");

    /** What an editor sends, one message a line. */
    static final List<String> MESSAGES = List.of("""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"workspaceFolders":[]}}
            {"jsonrpc":"2.0","method":"initialized","params":{}}
            {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///no/such/migrations/1_a.sql","languageId":"sql","version":1,"text":"ALTER TABLE t ALTER b TYPE bigint;"}}}
            {"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///no/such/migrations/1_a.sql","version":2},"contentChanges":[{"text":"-- sluice:allow x reason=\"y\"\nDROP TABLE t;"}]}}
            {"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///no/such/migrations/1_a.sql"},"position":{"line":0,"character":3}}}
            {"jsonrpc":"2.0","id":3,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///no/such/migrations/1_a.sql"},"range":{"start":{"line":0,"character":0},"end":{"line":1,"character":0}},"context":{"diagnostics":[]}}}
            {"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{}}}
            {"jsonrpc":"2.0","id":4,"method":"shutdown"}
            {"jsonrpc":"2.0","method":"exit"}
            """);

    private static final List<String> SPOILERS = List.of(
            "\0",
            "'",
            "\"",
            "$$",
            "$x$",
            "/*",
            "*/",
            "--",
            ";",
            "\\",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "\n",
            "\r",
            "\t",
            "\uFEFF",
            "\uD83D",
            "\uDE00",
            "😀",
            "é",
            "\u2028",
            "\u0085",
            "\u001b[31m",
            "%s",
            "${x}",
            "-1",
            "99999999999999999999",
            "1e999",
            "null",
            "true",
            "=",
            "==",
            ":",
            ",",
            "-- sluice:",
            "-- migrate:up",
            "-- migrate:down",
            "@",
            "--",
            "--=",
            "\"\"\"",
            "'''",
            "COPY t FROM stdin;\n1\n\\.\n",
            "\\i x",
            "BEGIN;",
            "COMMIT;",
            "E'\\",
            "U&\"\\");

    private InputMutations() {}

    /** One to eight mutations of one of the samples. */
    static String mutated(List<String> samples, Random chance) {
        StringBuilder text = new StringBuilder(samples.get(chance.nextInt(samples.size())));
        int mutations = 1 + chance.nextInt(8);
        for (int i = 0; i < mutations && !text.isEmpty(); i++) {
            int from = chance.nextInt(text.length());
            int to = Math.min(text.length(), from + 1 + chance.nextInt(30));
            switch (chance.nextInt(7)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, SPOILERS.get(chance.nextInt(SPOILERS.size())));
                case 2 -> text.insert(from, text.substring(from, to));
                case 3 -> text.setCharAt(from, (char) chance.nextInt(chance.nextBoolean() ? 128 : 0x10000));
                case 4 -> text.insert(chance.nextInt(text.length()), text.substring(from, to));
                case 5 -> text.setLength(Math.max(1, from));
                default -> {
                    String other = samples.get(chance.nextInt(samples.size()));
                    text.insert(from, other, 0, chance.nextInt(other.length()));
                }
            }
        }
        return text.toString();
    }
}
