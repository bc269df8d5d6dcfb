package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;

/**
 * What data work needs from outside.
 *
 * @param connections asked again whenever a connection was lost. Every transaction sets what it needs for itself ({@code
 *     SET LOCAL}), so connections behind a transaction-pooling proxy work
 * @param searchPath value for {@code search_path} in every transaction: the plan's
 */
public record DataContext(
        ConnectionSource connections,
        String searchPath,
        DataOptions options,
        ProgressListener listener,
        Control control) {

    public DataContext {
        requireNonNull(connections);
        requireNonNull(searchPath);
        requireNonNull(options);
        requireNonNull(listener);
        requireNonNull(control);
    }

    DataContext with(ProgressListener otherListener, Control otherControl) {
        return new DataContext(connections, searchPath, options, otherListener, otherControl);
    }
}
