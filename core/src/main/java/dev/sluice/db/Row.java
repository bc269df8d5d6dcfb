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
        return textIfAny(column).orElseThrow(() -> unexpectedNull(column));
    }

    public Optional<String> textIfAny(int column) {
        return get(() -> result.getString(column));
    }

    public long number(int column) {
        return numberIfAny(column).orElseThrow(() -> unexpectedNull(column));
    }

    public Optional<Long> numberIfAny(int column) {
        return get(() -> result.getLong(column));
    }

    public int integer(int column) {
        return Math.toIntExact(number(column));
    }

    public double decimal(int column) {
        return get(() -> result.getDouble(column)).orElseThrow(() -> unexpectedNull(column));
    }

    public boolean bool(int column) {
        return boolIfAny(column).orElseThrow(() -> unexpectedNull(column));
    }

    public Optional<Boolean> boolIfAny(int column) {
        return get(() -> result.getBoolean(column));
    }

    public Instant instant(int column) {
        return instantIfAny(column).orElseThrow(() -> unexpectedNull(column));
    }

    public Optional<Instant> instantIfAny(int column) {
        return get(() -> {
            OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        });
    }

    /** An array of texts (or of anything whose elements print as one); NULL is the empty list. */
    public List<String> texts(int column) {
        return get(() -> elements(result.getArray(column))).orElseGet(List::of);
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

    private static @Nullable List<String> elements(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
            texts.add(String.valueOf(element));
        }
        return List.copyOf(texts);
    }

    private <T> Optional<T> get(Getter<T> getter) {
        try {
            T value = getter.get();
            return value == null || result.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException e) {
            throw DatabaseException.of(e, sql);
        }
    }

    private IllegalStateException unexpectedNull(int column) {
        return new IllegalStateException("column " + column + " is NULL in the result of: " + sql);
    }

    private interface Getter<T> {
        @Nullable
        T get() throws SQLException;
    }
}
