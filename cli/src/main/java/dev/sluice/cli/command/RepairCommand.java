package dev.sluice.cli.command;

import dev.sluice.Doctor;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.FindingsText;
import dev.sluice.doctor.Examination;
import dev.sluice.doctor.Finding;
import dev.sluice.doctor.Mend;
import dev.sluice.doctor.RepairRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice repair}. */
@Command(
        name = "repair",
        description = {
            "Mend what `sluice doctor` finds: shows every statement, asks, runs them, writes them into the journal.",
            "",
            "Without an option it does what needs no decision. Nothing that holds data is ever dropped.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice repair                             all that needs no decision; asks first",
            "  sluice repair --stamp 20260131120000      it was run by hand: record it, run nothing",
            "  sluice repair --rebuild                   the journal is lost: from files and catalog"
        })
final class RepairCommand implements Callable<Integer> {
    private final RootCommand root;

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--stamp",
            order = 2,
            paramLabel = "VERSION",
            description = "Record this migration as applied, without running it.")
    private List<String> stamp = List.of();

    @Option(
            names = "--forget",
            order = 3,
            paramLabel = "VERSION",
            description = "Record that this migration is not applied, whatever the journal says; up runs it again.")
    private List<String> forget = List.of();

    @Option(
            names = "--accept",
            order = 4,
            paramLabel = "VERSION",
            description = "Take this migration's changed file for what ran: the change makes no difference.")
    private List<String> accept = List.of();

    @Option(
            names = "--rebuild",
            order = 5,
            description = "Make a lost or damaged journal anew: what the database has of the files counts as applied.")
    private boolean rebuild;

    @Option(
            names = "--through",
            order = 6,
            paramLabel = "VERSION",
            description = "With --rebuild: the last migration that is applied, where the catalog cannot tell.")
    private @Nullable String through;

    RepairCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (through != null && !rebuild) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "--through says how far a rebuild goes.\nNext: sluice repair --rebuild --through " + through);
        }
        RepairRequest request = new RepairRequest(stamp, forget, accept, rebuild, Optional.ofNullable(through));
        try (Doctor doctor = Doctors.of(root)) {
            List<Mend> proposed = doctor.propose(request);
            if (proposed.isEmpty()) {
                return report(doctor, List.of());
            }
            if (yes) {
                root.console().note(FindingsText.proposal(proposed));
            } else {
                Consent.require(root, FindingsText.proposal(proposed), "Do this?");
            }
            return report(doctor, doctor.repair(request, proposed));
        }
    }

    private Integer report(Doctor doctor, List<Mend> done) {
        List<Finding> left = doctor.examine();
        if (root.console().isJson()) {
            root.console().result(FindingsText.repaired(done, left));
        } else {
            String what =
                    done.isEmpty() ? "Nothing to repair without a decision.\n\n" : "Done: " + done.size() + ".\n\n";
            root.console()
                    .out(what
                            + FindingsText.text(
                                    left,
                                    Doctor.checks().size(),
                                    root.console().look().out()));
        }
        return Examination.exitCode(left).code();
    }
}
