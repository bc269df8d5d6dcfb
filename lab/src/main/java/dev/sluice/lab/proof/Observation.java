package dev.sluice.lab.proof;

import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Plan;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import dev.sluice.sql.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the runs of one migration say about themselves: its plan, how it goes back, the locks of its steps. Thread-safe. */
final class Observation implements AutoCloseable {
    private static final Pattern KEPT = Pattern.compile("^table sluice_archive\\.(\\S+) is kept\\b");

    private final Set<String> kept = new HashSet<>();
    private boolean again;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<Finding> wrong = new LinkedHashSet<>();
    private long checked;
    private volatile boolean addsLabels;
    private volatile Optional<Plan> plan = Optional.empty();
    private volatile Optional<Plan> down = Optional.empty();

    /** @param unwatched for what watches */
    private record Watched(ReusedConnections connections, ReusedConnections unwatched, StepFacts facts) {
        void close() {
            connections.close();
            unwatched.close();
        }
    }

    private synchronized Watched watched(TestDatabase database) {
        return watched.computeIfAbsent(database.name(), name -> {
            ReusedConnections unwatched = new ReusedConnections(database::connect);
            StepFacts facts = new StepFacts(unwatched, database.version());
            return new Watched(new ReusedConnections(database::connect, facts), unwatched, facts);
        });
    }

    /** Connections to that database on which steps are watched. */
    ConnectionSource of(TestDatabase database) {
        return watched(database).connections();
    }

    /** A listener that watches, and passes everything on. */
    RunListener tell(TestDatabase database, RunListener next) {
        StepFacts facts = watched(database).facts();
        return event -> {
            if (event instanceof RunEvent.MigrationStarted started) {
                if (started.direction() == RunEvent.Direction.FORWARD) {
                    plan = Optional.of(started.plan());
                    addsLabels |= AddedLabels.by(started.plan());
                } else {
                    down = Optional.of(started.plan());
                }
            }
            if (event instanceof RunEvent.Notice notice) {
                keep(notice.text());
            }
            facts.on(event);
            next.on(event);
        };
    }

    private synchronized void keep(String notice) {
        Matcher matcher = KEPT.matcher(notice);
        if (matcher.find()) {
            again |= !kept.add(matcher.group(1));
        }
    }

    /** Whether a way back said that it leaves this in the archive; what is there under that name already gets another. */
    synchronized boolean isKept(String archived) {
        return kept.contains(Identifier.quote(archived)) || again && archived.startsWith("sluice_old_");
    }

    Optional<Plan> plan() {
        return plan;
    }

    /** Whether one of the plans so far added labels to an enum. */
    boolean addsLabels() {
        return addsLabels;
    }

    void forgetWayBack() {
        down = Optional.empty();
    }

    boolean isDownBegun() {
        return down.isPresent();
    }

    /** Whether the last way back was the author's script, not the undo of the plan's steps. */
    boolean isDownByScript() {
        return down.isPresent() && !down.equals(plan);
    }

    /** Nothing runs on that database any more. */
    synchronized void forget(TestDatabase database) {
        Watched gone = watched.remove(database.name());
        if (gone != null) {
            checked += gone.facts().checked();
            wrong.addAll(gone.facts().wrong());
            gone.close();
        }
    }

    synchronized StageResult facts() {
        watched.values().forEach(each -> {
            checked += each.facts().checked();
            wrong.addAll(each.facts().wrong());
        });
        close();
        return new StageResult(Aspect.FACTS, checked, java.util.List.copyOf(wrong));
    }

    @Override
    public synchronized void close() {
        watched.values().forEach(Watched::close);
        watched.clear();
    }
}
