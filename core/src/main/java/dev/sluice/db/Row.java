package dev.sluice.db;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a result; columns count from 1. Valid only while its {@link RowReader} runs. Methods without
 * {@code IfAny} in their name throw {@link IllegalStateException} for NULL, so that a NULL nobody thought of is noticed.
 */
public final class Row {

    private final ResultSet result;
    private final String sql;

    Row(ResultSet result, String sql) {
        this.result = result;
        this.sql = sql;
    }

    public String text(int column) {
        return required(ResultSet::getString, column);
    }

    public Optional<String> textIfAny(int column) {
        return get(ResultSet::getString, column);
    }

    public long number(int column) {
        return required(ResultSet::getLong, column);
    }

    public Optional<Long> numberIfAny(int column) {
        return get(ResultSet::getLong, column);
    }

    public int integer(int column) {
        return Math.toIntExact(number(column));
    }

    public double decimal(int column) {
        return required(ResultSet::getDouble, column);
    }

    public boolean bool(int column) {
        return required(ResultSet::getBoolean, column);
    }

    public Optional<Boolean> boolIfAny(int column) {
        return get(ResultSet::getBoolean, column);
    }

    public Instant instant(int column) {
        return required(Row::toInstant, column);
    }

    public Optional<Instant> instantIfAny(int column) {
        return get(Row::toInstant, column);
    }

    /** An array of texts (or of anything whose elements print as one); NULL is the empty list. */
    public List<String> texts(int column) {
        return get(Row::elements, column).orElseGet(List::of);
    }

    /** How many columns the result has. */
    public int columns() {
        try {
            return result.getMetaData().getColumnCount();
        } catch (SQLException e) {
            throw DatabaseException.of(e, sql);
        }
    }

    /** The name of a column in the result. */
    public String columnName(int column) {
        try {
            return result.getMetaData().getColumnLabel(column);
        } catch (SQLException e) {
            throw DatabaseException.of(e, sql);
        }
    }

    private static @Nullable Instant toInstant(ResultSet result, int column) throws SQLException {
        OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable List<String> elements(ResultSet result, int column) throws SQLException {
        Array array = result.getArray(column);
        if (array == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
            texts.add(String.valueOf(element));
        }
        return List.copyOf(texts);
    }

    private <T> T required(Getter<T> getter, int column) {
        Optional<T> value = get(getter, column);
        if (value.isEmpty()) {
            throw unexpectedNull(column);
        }
        return value.get();
    }

    private <T> Optional<T> get(Getter<T> getter, int column) {
        try {
            T value = getter.get(result, column);
            return value == null || result.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException e) {
            throw DatabaseException.of(e, sql);
        }
    }

    private IllegalStateException unexpectedNull(int column) {
        return new IllegalStateException("column " + column + " is NULL in the result of: " + sql);
    }

    /** Captures nothing on purpose: millions of these are called, and a lambda that captures is made anew each time. */
    private interface Getter<T> {
        @Nullable
        T get(ResultSet result, int column) throws SQLException;
    }
}
