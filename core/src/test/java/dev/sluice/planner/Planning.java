package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TableStats;
import dev.sluice.catalog.TypeRef;
import dev.sluice.migration.Directive;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.postgres.op.Operations;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans scripts against a catalog with one table, {@code public.users}, of a million rows. */
final class Planning implements AutoCloseable {

    static final QualifiedName USERS = QualifiedName.of("public", "users");
    private static final TypeRef TEXT = TypeRef.builtin("text", "text");

    private final PgParser parser = new PgParser();

    PgParser parser() {
        return parser;
    }

    static Catalog users(long rows) {
        Table users = Table.plain(
                        USERS,
                        List.of(
                                Column.plain("id", 1, TypeRef.builtin("bigint", "int8"), true),
                                Column.plain("first_name", 2, TEXT, true),
                                Column.plain("last_name", 3, TEXT, true),
                                Column.plain("email", 4, TEXT, false),
                                Column.plain("age", 5, TypeRef.builtin("integer", "int4"), false)))
                .withConstraints(List.of(
                        Constraint.plain("users_pkey", Constraint.Kind.PRIMARY_KEY, List.of("id"), "PRIMARY KEY (id)")))
                // as on a server: a primary key has an index
                .withIndexes(List.of(Index.plain(USERS.withName("users_pkey"), USERS, true, List.of("id"))))
                .withStats(TableStats.ofRows(rows));
        return Catalog.ofTables(150000, List.of(users));
    }

    Plan plan(String up) {
        return plan(up, "", users(1_000_000));
    }

    Plan plan(String up, String down, Catalog catalog) {
        return plan(up, down, catalog, List.of());
    }

    Plan plan(String up, String down, Catalog catalog, List<Directive> directives) {
        return new Planner(parser, Operations.ALL)
                .plan(new PlanRequest(
                        new Plan.MigrationRef("1", "test", "checksum"),
                        Script.parse(parser, new SourceText("1_test.sql", up)),
                        down.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Script.parse(parser, new SourceText("1_test.down.sql", down))),
                        new Directives(directives),
                        catalog,
                        Set.of()));
    }

    @Override
    public void close() {
        parser.close();
    }
}
