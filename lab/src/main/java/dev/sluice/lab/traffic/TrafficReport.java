package dev.sluice.lab.traffic;

import java.util.List;

/**
 * What an application did.
 *
 * @param statements SQL statements sent, the failed ones included
 * @param failed how many raised an error or gave a wrong answer
 * @param firstFailures the first ones, in the order in which they happened
 */
public record TrafficReport(long statements, long failed, Latency latency, List<Failure> firstFailures) {
    public TrafficReport {
        firstFailures = List.copyOf(firstFailures);
    }
}
