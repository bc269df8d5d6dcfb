package dev.sluice.lab.traffic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row of an answer; columns count from 0. */
public record Row(List<@Nullable Object> values) {
    public Row {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public String text(int column) {
        return present(column).toString();
    }

    public long number(int column) {
        return ((Number) present(column)).longValue();
    }

    public BigDecimal decimal(int column) {
        return (BigDecimal) present(column);
    }

    public boolean isNull(int column) {
        return values.get(column) == null;
    }

    private Object present(int column) {
        return Objects.requireNonNull(values.get(column), () -> "column " + column + " is NULL in " + values);
    }
}
