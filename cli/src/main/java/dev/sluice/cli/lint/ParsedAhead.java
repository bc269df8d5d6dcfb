package dev.sluice.cli.lint;

import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Parses scripts on a thread of its own, some scripts ahead of who reads them: it takes about as long as to judge them. To be
 * read by one thread.
 */
public final class ParsedAhead implements AutoCloseable {

    /** Trees of scripts are large: this many wait, and no more characters than that. */
    private static final int SCRIPTS = 32;

    private static final int CHARACTERS = 1 << 20;

    private final PgParser parser;
    private final Iterator<MigrationScript> scripts;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-parse-ahead");
        thread.setDaemon(true);
        return thread;
    });
    private int characters;

    private record Waiting(MigrationScript migration, Future<Script> script) {}

    public ParsedAhead(PgParser parser, List<MigrationScript> scripts) {
        this.parser = parser;
        this.scripts = scripts.iterator();
    }

    /**
     * The statements of the next script of the list.
     *
     * @throws dev.sluice.SluiceException for a script that PostgreSQL's parser does not take
     */
    public Script next() {
        while (scripts.hasNext() && (waiting.isEmpty() || waiting.size() < SCRIPTS && characters < CHARACTERS)) {
            MigrationScript migration = scripts.next();
            characters += migration.endOffset() - migration.startOffset();
            waiting.add(new Waiting(migration, executor.submit(() -> migration.outline(parser))));
        }
        Waiting first = waiting.remove();
        characters -= first.migration().endOffset() - first.migration().startOffset();
        try {
            return first.script().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while " + first.migration().file() + " was parsed", e);
        }
    }

    /** What was not read is not parsed. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
