package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is not as it must be.
 *
 * @param check the comparison that noticed it
 * @param when in which situation, for people: {@code after up, contract}
 * @param object what it is about: {@code column public.users.email}, {@code row {id='7'} of public.users}
 * @param attribute what of it: {@code not null}, {@code email}, {@code lock}
 * @param expected the value it should have; empty when the object should not be there
 * @param actual the value it has; empty when the object is not there
 */
public record Finding(Check check, String when, String object, String attribute, String expected, String actual) {

    public Finding {
        requireNonNull(check);
        requireNonNull(when);
        requireNonNull(object);
        requireNonNull(attribute);
        requireNonNull(expected);
        requireNonNull(actual);
    }

    /** One line. */
    @Override
    public String toString() {
        return when + ": " + object + ": " + attribute + ": expected " + (expected.isEmpty() ? "(none)" : expected)
                + ", is " + (actual.isEmpty() ? "(none)" : actual);
    }
}
