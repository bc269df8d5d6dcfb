package dev.sluice.lab.bench;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What one method shall reach, in every variant whose name fits.
 *
 * @param text as the page says it
 * @param variants a regular expression, to be found in the variant's name
 * @param against the method that it is compared with; ignored by {@link Form#VALUE}
 */
public record Target(
        String text, String variants, String method, String measure, Form form, String against, double bound) {

    /** What is compared with the bound, and on which side of it is well. */
    public enum Form {
        /** The value itself; at most the bound. */
        VALUE,
        /** Value / value of the other method in the same round; at most the bound. */
        RATIO,
        /** Value of the other method / value in the same round; at least the bound. */
        SPEEDUP,
        /** Value - value of the other method in the same round; at most the bound. */
        DIFFERENCE
    }

    public Target {
        Objects.requireNonNull(text);
        Objects.requireNonNull(method);
        Objects.requireNonNull(measure);
        Objects.requireNonNull(form);
        Objects.requireNonNull(against);
        Pattern.compile(variants);
    }

    public boolean concerns(String variant) {
        return Pattern.compile(variants).matcher(variant).find();
    }

    public boolean isMetBy(double figure) {
        return form == Form.SPEEDUP ? figure >= bound : figure <= bound;
    }

    /** What is compared with the bound, of the values of one round. */
    double figure(double value, double other) {
        return switch (form) {
            case VALUE -> value;
            case RATIO -> value / other;
            case SPEEDUP -> other / value;
            case DIFFERENCE -> value - other;
        };
    }

    /** The bound in the unit of the measure, when the other method has that value. */
    public double boundOnAxis(double other) {
        return switch (form) {
            case VALUE -> bound;
            case RATIO -> bound * other;
            case SPEEDUP -> other / bound;
            case DIFFERENCE -> other + bound;
        };
    }
}
