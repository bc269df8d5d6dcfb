package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One column makes room, and another one takes its place with all that is the column's own: default, identity, comment, grants. */
record ColumnExchange(Draft draft, Table table, Column column, ColumnCopy.Roles roles) {

    ColumnExchange {
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(column);
        requireNonNull(roles);
    }

    private String alter() {
        return "ALTER TABLE " + table.name().quoted();
    }

    /** Of the transaction of the swap. */
    List<String> statements() {
        String quoted = Identifier.quote(column.name());
        String aside = Identifier.quote(roles.aside());
        List<String> statements = new ArrayList<>();
        String rename = alter() + " RENAME COLUMN " + quoted + " TO " + aside;
        String takePlace = alter() + " RENAME COLUMN " + Identifier.quote(roles.standIn()) + " TO " + quoted;
        if (column.isIdentity()) {
            statements.add(moveIdentity(rename, takePlace));
        } else {
            statements.add(rename);
            statements.add(takePlace);
        }
        if (column.notNull()) {
            statements.add(alter() + " ALTER COLUMN " + aside + " DROP NOT NULL");
            renamedNotNull().ifPresent(statements::add);
        }
        if (roles.before().isPresent()) {
            statements.add(alter() + " ALTER COLUMN " + aside + " DROP DEFAULT");
        }
        roles.after().ifPresent(expression -> {
            statements.add(alter() + " ALTER COLUMN " + quoted + " SET DEFAULT " + expression);
            ownedSequence()
                    .ifPresent(sequence ->
                            statements.add("ALTER SEQUENCE " + sequence.name().quoted() + " OWNED BY "
                                    + table.name().quoted() + "." + quoted));
        });
        column.comment()
                .ifPresent(comment -> statements.add("COMMENT ON COLUMN "
                        + table.name().quoted() + "." + quoted + " IS " + Identifier.literal(comment)));
        column.statisticsTarget()
                .ifPresent(target -> statements.add(alter() + " ALTER COLUMN " + quoted + " SET STATISTICS " + target));
        if (!column.options().isEmpty()) {
            statements.add(alter() + " ALTER COLUMN " + quoted + " SET (" + String.join(", ", column.options()) + ")");
        }
        statements.addAll(ColumnGrants.statements(table, column));
        return statements;
    }

    /** PostgreSQL 18 names NOT NULL constraints; the stand-in's got its name from the stand-in's. */
    private Optional<String> renamedNotNull() {
        return table.constraints().stream()
                .filter(c -> c.kind() == Constraint.Kind.NOT_NULL && c.columns().contains(column.name()))
                .findFirst()
                .map(c -> "DO "
                        + DollarQuote.of("DECLARE name text; BEGIN\n"
                                + "  SELECT conname INTO name FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_attribute"
                                + " ON attrelid = conrelid AND attnum = conkey[1]\n"
                                + "   WHERE contype = 'n' AND conrelid = "
                                + Identifier.literal(table.name().quoted())
                                + "::pg_catalog.regclass AND attname = " + Identifier.literal(column.name()) + ";\n"
                                + "  IF name <> " + Identifier.literal(c.name()) + " THEN\n"
                                + "    EXECUTE pg_catalog.format("
                                + Identifier.literal(alter().replace("%", "%%") + " RENAME CONSTRAINT %I TO %I")
                                + ", name, " + Identifier.literal(c.name()) + ");\n"
                                + "  END IF;\nEND"));
    }

    /** An identity's sequence goes with its column, so the stand-in gets a new one that goes on where the old one was. */
    private String moveIdentity(String rename, String takePlace) {
        Sequence sequence = ownedSequence().orElseThrow();
        String quoted = Identifier.quote(column.name());
        return "DO "
                + DollarQuote.of("DECLARE position bigint; used boolean; BEGIN\n"
                        + "  SELECT last_value, is_called INTO position, used FROM "
                        + sequence.name().quoted() + ";\n"
                        + "  " + alter() + " ALTER COLUMN " + quoted + " DROP IDENTITY;\n"
                        + "  " + rename + ";\n"
                        + "  " + takePlace + ";\n"
                        + "  " + alter() + " ALTER COLUMN " + quoted + " ADD GENERATED "
                        + (column.identity() == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT")
                        + " AS IDENTITY (SEQUENCE NAME " + sequence.name().quoted() + options(sequence) + ");\n"
                        + "  PERFORM pg_catalog.setval("
                        + Identifier.literal(sequence.name().quoted())
                        + "::pg_catalog.regclass, position, used);\nEND");
    }

    /** A limit that is that of the old type follows the type, as in a plain ALTER TYPE. */
    static String options(Sequence sequence) {
        Set<Long> typeLimits = Set.of(
                (long) Short.MAX_VALUE,
                (long) Integer.MAX_VALUE,
                Long.MAX_VALUE,
                (long) Short.MIN_VALUE,
                (long) Integer.MIN_VALUE,
                Long.MIN_VALUE);
        return " INCREMENT BY " + sequence.increment()
                + (typeLimits.contains(sequence.minimum()) ? "" : " MINVALUE " + sequence.minimum())
                + (typeLimits.contains(sequence.maximum()) ? "" : " MAXVALUE " + sequence.maximum())
                + " START WITH " + sequence.start() + " CACHE " + sequence.cache() + (sequence.cycle() ? " CYCLE" : "");
    }

    private Optional<Sequence> ownedSequence() {
        return column.ownedSequence().flatMap(draft.catalog()::sequence);
    }
}
