package dev.sluice.lab.shop;

import java.util.List;

/**
 * What comparing every row came to.
 *
 * @param compared rows compared, over all tables; a row that is on one side only counts too
 * @param unequal how many of them are not what they must be
 * @param examples the first of those, expected and found
 */
public record AuditReport(long compared, long unequal, List<String> examples) {
    public AuditReport {
        examples = List.copyOf(examples);
    }

    public boolean isEqual() {
        return unequal == 0;
    }
}
