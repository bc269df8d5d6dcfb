package dev.sluice.cli.render;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import java.util.Locale;
import java.util.Optional;

/** The words for what steps are and what they do to others. */
final class StepWords {
    private StepWords() {}

    /** One or two words for the margin. */
    static String kind(Step step) {
        return step.match(new Step.Cases<String>() {
            @Override
            public String brief(Step.Brief brief) {
                return switch (brief.purpose()) {
                    case PLAIN -> "as written";
                    case DDL -> "short DDL";
                    case DUAL_WRITE -> "dual write";
                    case SWAP, EXCHANGE -> "swap";
                    case ARCHIVE -> "archive";
                    case RESTORE -> "restore";
                    case DROP -> "drop";
                };
            }

            @Override
            public String buildIndex(Step.BuildIndex buildIndex) {
                return "concurrent index";
            }

            @Override
            public String dropIndex(Step.DropIndex dropIndex) {
                return "concurrent drop";
            }

            @Override
            public String validate(Step.Validate validate) {
                return "validate";
            }

            @Override
            public String backfill(Step.Backfill backfill) {
                return "backfill";
            }

            @Override
            public String check(Step.Check check) {
                return check.stop() ? "check" : "report";
            }

            @Override
            public String batchedDml(Step.BatchedDml batchedDml) {
                return "batched "
                        + switch (batchedDml.kind()) {
                            case UPDATE -> "update";
                            case DELETE -> "delete";
                            case RESTORE_UPDATED, RESTORE_DELETED -> "restore";
                        };
            }

            @Override
            public String opaque(Step.Opaque opaque) {
                return opaque.transactional() ? "as written" : "no transaction";
            }

            @Override
            public String discard(Step.Discard discard) {
                return "discard";
            }
        });
    }

    /** Whether locks are held for a moment only, because nothing is read or written under them. */
    static boolean isShort(Step step) {
        return step instanceof Step.Brief || step instanceof Step.Discard;
    }

    /** Whether the step works through a table in batches. */
    static boolean isBatched(Step step) {
        return step instanceof Step.Backfill || step instanceof Step.BatchedDml;
    }

    /** What others cannot do to the table meanwhile (documentation, "Explicit Locking", table 13.2). */
    static String effect(LockMode mode) {
        return switch (mode) {
            case ACCESS_EXCLUSIVE -> "holds up reads and writes";
            case EXCLUSIVE, SHARE_ROW_EXCLUSIVE, SHARE -> "holds up writes, not reads";
            case SHARE_UPDATE_EXCLUSIVE, ROW_EXCLUSIVE, ROW_SHARE, ACCESS_SHARE -> "holds up neither reads nor writes";
        };
    }

    /** For how long. */
    static String span(Step step, LockMode mode) {
        if (isShort(step)) {
            return mode.conflictsWith(LockMode.ROW_EXCLUSIVE)
                    ? "for milliseconds; never queues longer than the lock timeout"
                    : "for milliseconds";
        }
        if (isBatched(step)) {
            return "a batch at a time";
        }
        return "while it runs";
    }

    /** {@code 4,200,000 rows, 1.2 GB}; empty when not known. */
    static Optional<String> size(StepInfo info) {
        if (info.estimatedRows() < 0 && info.estimatedBytes() < 0) {
            return Optional.empty();
        }
        String rows = info.estimatedRows() < 0 ? "" : "about " + Quantities.rows(info.estimatedRows());
        String bytes = info.estimatedBytes() < 0 ? "" : Quantities.bytes(info.estimatedBytes());
        return Optional.of(rows + (rows.isEmpty() || bytes.isEmpty() ? "" : ", ") + bytes);
    }

    /** What is gone after the step, whoever wants it back. */
    static Optional<String> loss(Step step, Phase phase) {
        if (phase == Phase.PURGE) {
            return Optional.of("for good: what this drops cannot be brought back by down");
        }
        return Optional.empty();
    }

    /** What to say of a step that has no undo of its own. */
    static String withoutUndo(Step step) {
        if (step instanceof Step.Check || step instanceof Step.Validate) {
            return "nothing to undo";
        }
        // one that may simply run once more, such as ANALYZE, has changed nothing that has to come back
        boolean asWritten =
                step instanceof Step.Opaque opaque && opaque.doneWhen().isEmpty()
                        || step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.PLAIN;
        return asWritten ? "only by a down script" : "nothing to take back";
    }

    /** Whether the step may lock tables that the plan does not name. */
    static boolean locksUnknown(Step step) {
        return step instanceof Step.Opaque opaque && opaque.locksUnknown();
    }

    static String heading(Phase phase) {
        return switch (phase) {
            case EXPAND -> "before the deploy; the old version keeps working, then both do";
            case CONTRACT -> "after the deploy, when no old version runs any more";
            case PURGE -> "when nobody will want to go back";
        };
    }

    static String capitalised(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }
}
