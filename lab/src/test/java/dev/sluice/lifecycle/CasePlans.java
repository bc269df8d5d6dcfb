package dev.sluice.lifecycle;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.ChangeRefused;
import dev.sluice.planner.Directives;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.planner.PlanRequest;
import dev.sluice.planner.Planner;
import dev.sluice.planner.Refusal;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.op.Operations;
import dev.sluice.sql.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans cases without running them, and sees which operation took which change. For one thread. */
final class CasePlans {

    private static final int FEW_ROWS = 20;

    private final TestDatabase database;
    private final PgParser parser;
    private final Path directory;
    private final Map<Source, String> operations = new HashMap<>();
    private final Planner planner;

    /** @param parser open as long as this is used */
    CasePlans(TestDatabases databases, PgParser parser, Path directory) throws SQLException {
        this.database = databases.create(PostgresVersion.newest());
        this.parser = parser;
        this.directory = directory;
        this.planner = new Planner(
                parser,
                Operations.ALL.stream()
                        .map(operation -> (Operation) new Witnessed(operation))
                        .toList());
    }

    /**
     * What became of a script.
     *
     * @param plan empty when it was refused
     * @param operations which one took the change at that place of the script
     */
    record Planned(Optional<Plan> plan, List<Refusal> refusals, Map<Source, String> operations) {

        /** Which operation the refused change belongs to, if one of them has looked at it. */
        Optional<String> operation(Refusal refusal) {
            return Optional.ofNullable(operations.get(refusal.source()));
        }
    }

    Planned plan(LifecycleCase test) {
        return plan(test.schema(), test.rows(), test.up(), test.down());
    }

    Planned plan(RefusedCase test) {
        return plan(test.schema(), FEW_ROWS, test.up(), "");
    }

    private Planned plan(String schema, long rows, String up, String down) {
        operations.clear();
        Migration migration = migration(up, down);
        PlanRequest request = new PlanRequest(
                new Plan.MigrationRef(migration.version(), migration.name(), migration.checksum()),
                script(migration.up()),
                migration.down().map(this::script),
                new Directives(migration.up().directives()),
                catalog(schema.replace(":rows", Long.toString(rows))),
                Set.of());
        try {
            return new Planned(Optional.of(planner.plan(request)), List.of(), Map.copyOf(operations));
        } catch (PlanRefusedException e) {
            return new Planned(Optional.empty(), new ArrayList<>(e.refusals()), Map.copyOf(operations));
        }
    }

    /** The schema is made and read in a transaction that is rolled back: so one database does for all. */
    private Catalog catalog(String schema) {
        List<Catalog> read = new ArrayList<>();
        try (Session session = Session.open(database::connect, "test")) {
            session.inTransaction(() -> {
                session.execute(schema);
                Analyze.userTables(session);
                read.add(CatalogReader.read(session));
                throw new Read();
            });
        } catch (Read e) {
            return read.get(0);
        }
        throw new IllegalStateException("not reached");
    }

    private static final class Read extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Script script(MigrationScript script) {
        return Script.parse(parser, script.source(), script.startOffset(), script.endOffset());
    }

    private Migration migration(String up, String down) {
        try {
            String back = down.isEmpty() ? "" : "\n-- migrate:down\n" + down + "\n";
            Files.writeString(directory.resolve("20260101000000_case.sql"), "-- migrate:up\n" + up + "\n" + back);
            return new MigrationDirectory(directory).read("native").migrations().get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Witnessed implements Operation {
        private final Operation operation;

        Witnessed(Operation operation) {
            this.operation = operation;
        }

        @Override
        public String id() {
            return operation.id();
        }

        @Override
        public About about() {
            return operation.about();
        }

        @Override
        public boolean plan(Change change, Draft draft) {
            try {
                boolean mine = operation.plan(change, draft);
                if (mine) {
                    operations.put(change.source(), id());
                }
                return mine;
            } catch (ChangeRefused e) {
                operations.put(e.refusal().source(), id());
                throw e;
            }
        }
    }
}
