package dev.sluice.lifecycle;

/**
 * One migration that has to be refused before anything runs.
 *
 * @param schema as in {@link LifecycleCase}
 * @param line of the script, from 1, that the refusal has to name
 * @param advice words that the way on has to contain
 */
record RefusedCase(String name, String schema, String up, String hazard, int line, String advice) {

    @Override
    public String toString() {
        return name;
    }
}
