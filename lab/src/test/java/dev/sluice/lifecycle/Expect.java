package dev.sluice.lifecycle;

/** Statements for a writer that fail when the database does not behave as one version of the application expects. */
final class Expect {

    private Expect() {}

    /** Runs the statements, then compares the one value of a query with an SQL expression. */
    static String sees(String statements, String query, String expected) {
        return statements + "; DO $expect$ DECLARE seen text := (" + query + "); BEGIN IF seen IS DISTINCT FROM ("
                + expected + ") THEN RAISE EXCEPTION 'saw %', seen; END IF; END $expect$";
    }

    /** A statement that has to be rejected with this SQLSTATE. */
    static String rejects(String sqlState, String statement) {
        return "DO $expect$ BEGIN BEGIN " + statement + "; EXCEPTION WHEN SQLSTATE '" + sqlState
                + "' THEN RETURN; END; RAISE EXCEPTION 'was not rejected'; END $expect$";
    }
}
