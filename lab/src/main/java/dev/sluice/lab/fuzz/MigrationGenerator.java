package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Throws the statements of a migration, each against the schema as the ones before it left it: PostgreSQL runs it, and what it
 * does not take is thrown away. So the database that is given is afterwards the one of the plain run.
 */
final class MigrationGenerator {

    private static final List<Form> FORMS = Stream.of(
                    ColumnForms.ALL, ConstraintForms.ALL, ObjectForms.ALL, DataForms.ALL, ProjectForms.ALL)
            .flatMap(List::stream)
            .toList();
    private static final int TRIES = 30;

    private final Dice dice;
    private final Names names;
    private final Set<QualifiedName> large;

    /** @param large tables that get the plan of large ones */
    MigrationGenerator(Dice dice, Names names, Set<QualifiedName> large) {
        this.dice = dice;
        this.names = names;
        this.large = Set.copyOf(large);
    }

    /** @param end the schema with them all; empty if the last one fails on its data */
    record Thrown(List<String> statements, Optional<Catalog> end) {
        Thrown {
            statements = List.copyOf(statements);
        }
    }

    /** One to five thrown forms; some consist of several statements. */
    Thrown generate(Session session) {
        int wanted = dice.between(1, 5);
        List<String> statements = new ArrayList<>();
        int forms = 0;
        Catalog catalog = CatalogReader.read(session);
        for (int i = 0; i < TRIES && forms < wanted; i++) {
            List<String> thrown = form().thrower().statements(new Draw(dice, names, catalog, large));
            Answer answer = thrown.isEmpty() ? Answer.NO : ask(session, thrown);
            if (answer != Answer.NO) {
                statements.addAll(thrown);
            }
            if (answer == Answer.NOT_WITH_THIS_DATA) {
                return new Thrown(statements, Optional.empty());
            }
            if (answer == Answer.YES) {
                forms++;
                catalog = CatalogReader.read(session);
            }
        }
        return new Thrown(statements, Optional.of(catalog));
    }

    private Form form() {
        int left = dice.between(1, FORMS.stream().mapToInt(Form::weight).sum());
        for (Form form : FORMS) {
            left -= form.weight();
            if (left <= 0) {
                return form;
            }
        }
        throw new IllegalStateException("weights");
    }

    private enum Answer {
        YES,
        NO,
        /** Kept now and then: the plan has to fail, too. */
        NOT_WITH_THIS_DATA
    }

    private Answer ask(Session session, List<String> statements) {
        try {
            session.inTransaction(() -> statements.forEach(s -> session.execute(ScenarioLife.withoutConcurrently(s))));
            return Answer.YES;
        } catch (DatabaseException e) {
            return ScenarioLife.isDataError(e) && dice.percent(8) ? Answer.NOT_WITH_THIS_DATA : Answer.NO;
        }
    }
}
