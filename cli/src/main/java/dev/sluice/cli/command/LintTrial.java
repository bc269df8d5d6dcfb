package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.lint.LintPlans;
import dev.sluice.cli.lint.LintScripts;
import dev.sluice.cli.lint.TriedScripts;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.shadow.Shadow;
import dev.sluice.lint.Observations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code sluice lint} that try the scripts on a private server, and that trial. */
final class LintTrial {

    @Option(
            names = "--observe",
            order = 20,
            description = {
                "Run the scripts on a private PostgreSQL with made-up rows, and believe what is seen",
                "there: locks, rewrites, scans, index builds, waits. No database of yours is touched."
            })
    private boolean observe;

    @Option(
            names = "--plan",
            order = 20,
            description = {
                "Show how Sluice would take a script with findings through without downtime, planned on a",
                "private PostgreSQL as the scripts before it leave it, with made-up rows."
            })
    private boolean plan;

    @Mixin
    private MadeUpRows rows = new MadeUpRows();

    @Option(
            names = "--dump",
            order = 23,
            paramLabel = "FILE",
            description = "Start from this pg_dump (plain format), which has what no script makes.")
    private @Nullable Path dump;

    private final LintPlans plans = new LintPlans();

    /** The version of the server that scripts are tried on, if none is asked for; empty when none is tried. */
    Optional<Integer> version() {
        return observe || plan ? Optional.of(PostgresVersion.newest().major()) : Optional.empty();
    }

    /** What was seen; nothing unless somebody asked for it. */
    Observations observations(RootCommand root, int version, List<LintScripts.Entry> entries) {
        if (!observe && !plan) {
            return Observations.NONE;
        }
        if (rows.number() < 1) {
            throw new SluiceException(ExitCode.USAGE, "--rows is at least 1: without rows nothing is to be seen.");
        }
        PostgresVersion major = PostgresVersion.ofMajor(version);
        try (EmbeddedPostgres server = ProofDatabases.server(major);
                ProofDatabases databases = new ProofDatabases(server, major, "lint_")) {
            Shadow shadow = new Shadow(databases, start(root, databases), rows.source());
            Observations seen = TriedScripts.on(
                    shadow,
                    entries,
                    entry -> {
                        root.console().note("trying " + entry.script().file() + " on PostgreSQL " + version);
                        plan(shadow, entry);
                    },
                    root.console()::note);
            return observe ? seen : Observations.NONE;
        }
    }

    private void plan(Shadow shadow, LintScripts.Entry entry) {
        if (plan) {
            try (Session session = Session.open(shadow.database()::connect, "lint")) {
                plans.plan(entry.script(), session);
            }
        }
    }

    /** Made while scripts were tried; none unless somebody asked for them. */
    Optional<LintPlans> plans() {
        return plan ? Optional.of(plans) : Optional.empty();
    }

    private TestDatabase start(RootCommand root, ProofDatabases databases) {
        return dump == null
                ? databases.create()
                : new ProofStart(databases).dump(root.surroundings().directory().resolve(dump));
    }
}
