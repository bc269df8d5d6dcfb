package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.sql.Identifier;
import java.util.List;

/** The cursor of a backfill does not fit its table any more. */
final class UselessCursor implements Check {

    @Override
    public String id() {
        return "cursor-useless";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.evidence().cursors().stream()
                .filter(cursor -> cursor.trouble().isPresent())
                .filter(cursor -> subject.recorded(cursor.version())
                        .filter(row -> row.shape() == Shape.GOING || row.shape() == Shape.COMING_BACK)
                        .isPresent())
                .map(cursor -> Finding.of(
                                this,
                                ExitCode.OK,
                                "the backfill " + cursor.step() + " of migration " + cursor.version(),
                                cursor.trouble().get(),
                                "when it goes on, it begins with the table anew; rows that are filled are left as they are",
                                Finding.REPAIR + " forgets the cursor, and need not")
                        .mendedBy(Mend.journal(
                                "forget where the backfill " + cursor.step() + " of " + cursor.version() + " stood",
                                delete("backfill_range", cursor),
                                delete("backfill", cursor))))
                .toList();
    }

    private static String delete(String table, Evidence.Backfill cursor) {
        return "DELETE FROM sluice." + table + " WHERE version = " + Identifier.literal(cursor.version())
                + " AND step = " + Identifier.literal(cursor.step());
    }
}
