package dev.sluice.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * One thing that goes wrong.
 *
 * @param until commands that run before
 * @param files what happens to the files
 * @param sql what somebody does to the database; empty: nothing
 * @param id what the doctor finds
 * @param code its exit code
 * @param mends what is done about it: arguments of the program; empty: only repair
 * @param after what a person does before; empty: nothing
 */
record DoctorCase(
        String id,
        int code,
        List<String> until,
        Consumer<TestProject> files,
        String sql,
        List<String> mends,
        Consumer<TestProject> after) {

    static DoctorCase finds(String id, int code) {
        return new DoctorCase(id, code, List.of(), p -> {}, "", List.of("repair --yes"), p -> {});
    }

    DoctorCase after(String... commands) {
        return new DoctorCase(id, code, List.of(commands), files, sql, mends, after);
    }

    DoctorCase files(Consumer<TestProject> change) {
        return new DoctorCase(id, code, until, change, sql, mends, after);
    }

    DoctorCase sql(String statement) {
        return new DoctorCase(id, code, until, files, statement, mends, after);
    }

    DoctorCase mendedBy(String... commands) {
        return new DoctorCase(id, code, until, files, sql, List.of(commands), after);
    }

    DoctorCase mendedBy(Consumer<TestProject> change) {
        return new DoctorCase(id, code, until, files, sql, List.of(), change);
    }

    @Override
    public String toString() {
        return id + " after " + until
                + (sql.isEmpty() ? "" : ": " + sql.strip().lines().findFirst().orElse(""));
    }
}
