package dev.sluice.lab.fuzz;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A generated table with its rows.
 *
 * @param constraints table constraints, as in CREATE TABLE
 * @param suffix what follows the closing parenthesis, such as PARTITION BY
 * @param more statements that belong to the table, such as its partitions
 * @param rows how many it has; row number i is made from i
 * @param seemsLarge whether the statistics say that it has 50,000 rows, so that it gets the plan of a large table
 */
record FuzzTable(
        QualifiedName name,
        List<FuzzColumn> columns,
        List<String> constraints,
        String suffix,
        List<String> more,
        int rows,
        boolean seemsLarge) {

    FuzzTable {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        more = List.copyOf(more);
    }

    List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(Stream.concat(columns.stream().map(FuzzColumn::sql), constraints.stream())
                .collect(Collectors.joining(",\n  ", "CREATE TABLE " + name.quoted() + " (\n  ", "\n)" + suffix)));
        statements.addAll(more);
        if (rows > 0) {
            statements.add(insert(1, rows));
        }
        return statements;
    }

    /** An INSERT of the rows with these numbers, in the shape that the table had before the migration. */
    String insert(int from, int to) {
        List<FuzzColumn> given =
                columns.stream().filter(c -> c.value().isPresent()).toList();
        if (given.isEmpty()) {
            return "INSERT INTO " + name.quoted() + " DEFAULT VALUES";
        }
        return "INSERT INTO " + name.quoted() + " ("
                + given.stream().map(c -> Identifier.quote(c.name())).collect(Collectors.joining(", "))
                + ")\n  SELECT "
                + given.stream().map(c -> c.value().orElseThrow()).collect(Collectors.joining(", "))
                + " FROM generate_series(" + from + ", " + to + ") i";
    }

    FuzzTable withColumns(List<FuzzColumn> other) {
        return new FuzzTable(name, other, constraints, suffix, more, rows, seemsLarge);
    }

    FuzzTable withConstraints(List<String> other) {
        return new FuzzTable(name, columns, other, suffix, more, rows, seemsLarge);
    }

    FuzzTable withRows(int other) {
        return new FuzzTable(name, columns, constraints, suffix, more, other, seemsLarge);
    }

    FuzzTable small() {
        return new FuzzTable(name, columns, constraints, suffix, more, rows, false);
    }
}
