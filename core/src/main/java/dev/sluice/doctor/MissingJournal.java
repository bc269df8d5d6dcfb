package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;
import java.util.stream.Stream;

/** There is no journal, and the database looks as if there had been one. */
final class MissingJournal implements Check {

    @Override
    public String id() {
        return "journal-missing";
    }

    private static final int SHOWN = 5;

    @Override
    public List<Finding> find(Case subject) {
        if (subject.evidence().journal().there()) {
            return List.of();
        }
        List<String> signs = Stream.concat(
                        subject.ours().stream().map(entry -> entry.getKey().words()),
                        subject.evidence().files().stream()
                                .filter(file -> ScriptTrace.of(subject, file).isApplied())
                                .map(file -> "what " + file.file() + " makes"))
                .toList();
        if (signs.isEmpty()) {
            return List.of();
        }
        String more = signs.size() > SHOWN ? " and " + (signs.size() - SHOWN) + " more" : "";
        return List.of(Finding.of(
                this,
                ExitCode.DRIFT,
                "schema sluice",
                "there is no journal, and there is "
                        + String.join(", ", signs.subList(0, Math.min(SHOWN, signs.size()))) + more,
                "sluice up would run migrations again whose changes are there already, and fail at the first",
                "restore schema sluice from a backup of this database (pg_dump --schema=sluice), if it was lost; else "
                        + Finding.REPAIR + " --rebuild, which shows first what it would record"));
    }
}
