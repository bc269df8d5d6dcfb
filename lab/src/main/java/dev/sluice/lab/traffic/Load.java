package dev.sluice.lab.traffic;

/**
 * How much load an application offers.
 *
 * @param connections how many requests run at once at most
 * @param requestsPerSecond the fixed rate at which requests become due, whatever the database does
 * @param seed of the applications' random choices; the same seed gives the same choices per connection
 */
public record Load(int connections, double requestsPerSecond, long seed) {
    public Load {
        if (connections < 1 || !(requestsPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "needs a connection and a rate: " + connections + ", " + requestsPerSecond);
        }
    }
}
