package dev.sluice.cli.command;

import dev.sluice.Doctor;
import dev.sluice.cli.render.FindingsText;
import dev.sluice.doctor.Examination;
import dev.sluice.doctor.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice doctor}. */
@Command(
        name = "doctor",
        description = {
            "Compare journal, database and files, and explain everything that is not as it should be.",
            "",
            "Reads only. Exit code 0: nothing is wrong; 2: a run stopped half-way; 3: files differ from what ran; "
                    + "7: somebody has to look; 8: the database is not what its journal says.",
            ""
        },
        footer = {"", "Examples:", "  sluice doctor", "  sluice doctor --format json"})
final class DoctorCommand implements Callable<Integer> {
    private final RootCommand root;

    DoctorCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Doctor doctor = Doctors.of(root)) {
            List<Finding> findings = doctor.examine();
            if (root.console().isJson()) {
                root.console().result(FindingsText.json(findings, Doctor.checks()));
            } else {
                root.console()
                        .out(FindingsText.text(
                                findings,
                                Doctor.checks().size(),
                                root.console().look().out()));
            }
            return Examination.exitCode(findings).code();
        }
    }
}
