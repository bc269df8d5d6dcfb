package dev.sluice.lab.traffic;

import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** One version of an application. Called from several threads at once, each with its own session. */
public interface Application {

    /** Short, for reports: {@code v1}. */
    String name();

    /**
     * Serves one request: one or a few statements, each answer checked. An exception ends the request; an {@link
     * SQLException} of a statement and a {@link WrongAnswerException} have been counted by the session already.
     */
    void request(AppSession session, RandomGenerator random) throws SQLException;
}
