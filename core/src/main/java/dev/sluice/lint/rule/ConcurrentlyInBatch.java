package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;

/** What PostgreSQL refuses beside others in one message, although there is no BEGIN. */
final class ConcurrentlyInBatch implements Rule {

    @Override
    public String id() {
        return "concurrently-in-batch";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("a statement that has to be sent alone", """
            Statements that arrive in one message are one transaction, with or without BEGIN: PostgreSQL refuses
            CREATE INDEX CONCURRENTLY and its like among them (25001). Sluice and psql -f send each statement alone.
            psql -c 'a; b', and tools that hand a file to their driver as one text, do not.\
            """, """
                Nothing, if Sluice runs it. Otherwise put the statement into a file of its own, even without SET, or
                have the tool split its files.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.effect().transactional()
                || scene.effect().failure().isPresent()
                || scene.transactional()
                || scene.earlier().isEmpty() && scene.after().isEmpty()) {
            return;
        }
        report.found(scene.node(), "the statement fails with tools that send the file as one message");
    }
}
