package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.planner.Directives;
import dev.sluice.planner.PlanRequest;
import dev.sluice.planner.Planner;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.op.Operations;
import dev.sluice.run.PlanSource;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans made for the database as it is: reads its catalog and asks the planner. One per run, because it remembers what
 * was there when the run began: what the run itself created has nobody to be protected from. Not thread-safe.
 */
public final class PostgresPlans implements PlanSource, AutoCloseable {
    private final PgParser parser = new PgParser();
    private Optional<Set<QualifiedName>> atFirst = Optional.empty();

    @Override
    public Plan plan(Migration migration, Session session) {
        requireNonNull(migration);
        Catalog catalog = CatalogReader.read(session);
        Set<QualifiedName> relations = relations(catalog);
        if (atFirst.isEmpty()) {
            atFirst = Optional.of(relations);
        }
        Set<QualifiedName> created = new HashSet<>(relations);
        created.removeAll(atFirst.orElseThrow());
        PlanRequest request = new PlanRequest(
                reference(migration),
                script(migration.up()),
                migration.down().map(this::script),
                new Directives(migration.up().directives()),
                catalog,
                created);
        return new Planner(parser, Operations.ALL).plan(request);
    }

    @Override
    public Optional<Plan> planDown(Migration migration, Session session) {
        return migration.down().map(down -> {
            Catalog catalog = CatalogReader.read(session);
            List<String> statements = script(down).statements().stream()
                    .filter(statement -> !statement.node().is("TransactionStmt"))
                    .map(Statement::sql)
                    .toList();
            StepInfo info = new StepInfo(
                    "down",
                    "run the down script as written",
                    "the migration ran as written, so its author's inverse takes it back",
                    new Source(down.file(), 0, 0),
                    List.of(),
                    -1,
                    -1,
                    List.of());
            Step step = new Step.Brief(info, Step.Purpose.PLAIN, List.of(), statements);
            return new Plan(
                    reference(migration),
                    catalog.serverVersion(),
                    catalog.fingerprint(),
                    catalog.searchPath().stream().map(Identifier::quote).collect(Collectors.joining(", ")),
                    statements.isEmpty() ? List.of() : List.of(step),
                    List.of(),
                    List.of(),
                    List.of());
        });
    }

    /** Gives the parser's memory back. */
    @Override
    public void close() {
        parser.close();
    }

    private Script script(MigrationScript script) {
        return Script.parse(parser, script.source(), script.startOffset(), script.endOffset());
    }

    private static Plan.MigrationRef reference(Migration migration) {
        return new Plan.MigrationRef(migration.version(), migration.name(), migration.checksum());
    }

    private static Set<QualifiedName> relations(Catalog catalog) {
        Set<QualifiedName> relations = new HashSet<>(catalog.tables().keySet());
        relations.addAll(catalog.views().keySet());
        relations.addAll(catalog.sequences().keySet());
        return relations;
    }
}
