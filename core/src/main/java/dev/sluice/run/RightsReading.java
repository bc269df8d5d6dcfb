package dev.sluice.run;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads steps in the order in which they run, and notes what each needs. What a script makes itself belongs to the role, and
 * what it grants itself it has: neither is asked for.
 *
 * <p>Of a step that the planner has written, the strongest lock tells whose table it alters. Of the script as written it does
 * not: {@code TRUNCATE} takes the same lock without being an owner, so there the statements tell.
 */
final class RightsReading {

    private static final String ARCHIVE = "sluice_archive";

    /** What a CREATE of it makes lives in a schema. */
    private static final Set<String> IN_SCHEMAS = Set.of(
            "table",
            "view",
            "sequence",
            "type",
            "domain",
            "function",
            "procedure",
            "aggregate",
            "collation",
            "conversion",
            "statistics");

    private static final Set<String> BESIDE_THE_KIND = Set.of(
            "or",
            "replace",
            "unlogged",
            "recursive",
            "materialized",
            "foreign",
            "local",
            "if",
            "not",
            "exists",
            "only");

    /** After one of these a role may be another one, a member of other roles, or look into other schemas. */
    private static final Set<String> SETTINGS_OF_RIGHTS =
            Set.of("role", "session", "authorization", "schema", "search_path", "row_security");

    /** A name means one of these where a statement alters, indexes or refers to it. */
    private static final Set<String> RELATIONS = Set.of("table", "view", "sequence");

    private static final Set<String> ROLES = Set.of("role", "user", "group");

    private final Set<QualifiedName> owned = new HashSet<>();
    private final Set<QualifiedName> whole = new HashSet<>();
    private final Set<QualifiedName> looked = new HashSet<>();
    private final Set<QualifiedName> referenced = new HashSet<>();
    private final Set<QualifiedName> empty = new HashSet<>();
    private final Set<String> created = new HashSet<>();
    private boolean archive;

    /** Names without a schema of what the script has made so far, also by renaming. */
    private final Set<String> made = new HashSet<>();

    private final Set<String> madeSchemas = new HashSet<>();
    /** Names of tables, and schemas, on which it has granted or taken away something. */
    private final Set<String> granted = new HashSet<>();

    private final Set<String> grantedSchemas = new HashSet<>();
    /** Whether the role may have other rights by now than it began with. */
    private boolean changed;

    NeededRights found() {
        return new NeededRights(owned, whole, looked, referenced, empty, created, archive);
    }

    void step(Step step) {
        if (changed) {
            return;
        }
        if (step instanceof Step.Brief brief) {
            boolean written = brief.purpose() == Step.Purpose.PLAIN;
            brief.guards().forEach(this::guard);
            if (!written) {
                locked(step);
            }
            brief.statements().forEach(sql -> statement(sql, written));
        } else if (step instanceof Step.Opaque opaque) {
            opaque.statements().forEach(sql -> statement(sql, true));
        } else {
            locked(step);
            work(step);
        }
    }

    private void guard(Step.Guard guard) {
        Words words = new Words(Tokens.of(guard.query()));
        words.allAfter("from").forEach(i -> words.name(i).ifPresent(empty::add));
    }

    private void locked(Step step) {
        step.info().locks().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                .forEach(lock -> own(lock.table()));
    }

    private void work(Step step) {
        if (step instanceof Step.BuildIndex build) {
            own(build.table());
            create(build.table().schema());
        } else if (step instanceof Step.Validate validate) {
            own(validate.table());
        } else if (step instanceof Step.Backfill backfill) {
            whole.add(backfill.table());
        } else if (step instanceof Step.BatchedDml dml) {
            whole.add(dml.table());
            archive |= dml.archive().schema().equals(ARCHIVE);
        }
    }

    private void statement(String sql, boolean written) {
        if (changed) {
            return;
        }
        archive |= sql.contains("CREATE SCHEMA IF NOT EXISTS " + ARCHIVE) || sql.contains("SET SCHEMA " + ARCHIVE);
        Words words = new Words(Tokens.of(sql));
        switch (words.word(0)) {
            case "create" -> creation(words, written);
            case "alter" -> alteration(words, written);
            case "drop" ->
                changed = ROLES.contains(words.word(1)) || words.word(1).equals("owned");
            case "grant", "revoke" -> grant(words);
            case "set" -> changed = written && changesRights(words);
            case "reset", "discard", "reassign" -> changed = written;
            case "insert", "update", "delete", "merge", "truncate", "comment", "lock", "analyze" -> {}
            // a function or a block may do anything; those that the planner writes change no rights
            default -> changed = written;
        }
    }

    private static boolean changesRights(Words words) {
        int at = words.word(1).equals("local") || words.word(1).equals("session") ? 2 : 1;
        return SETTINGS_OF_RIGHTS.contains(words.word(at));
    }

    private void creation(Words words, boolean written) {
        int at = words.skip(1, BESIDE_THE_KIND);
        String kind = words.word(at);
        int name = words.skip(at + 1, BESIDE_THE_KIND);
        if (ROLES.contains(kind)) {
            changed = true; // of a role that it makes, the role may be a member
        } else if (kind.equals("schema")) {
            words.name(name).ifPresent(schema -> madeSchemas.add(schema.name()));
        } else if (kind.equals("table") || kind.equals("view")) {
            keys(words, written);
            words.after("partition", "of").flatMap(words::name).ifPresent(this::own);
        } else if (written && (kind.equals("index") || kind.equals("unique") || kind.equals("policy"))) {
            words.after("on")
                    .flatMap(i -> words.name(words.skip(i, BESIDE_THE_KIND)))
                    .ifPresent(table -> {
                        own(table);
                        if (!kind.equals("policy") && !table.schema().isEmpty() && !isMade(table)) {
                            create(table.schema());
                        }
                    });
        }
        if (IN_SCHEMAS.contains(kind)) {
            words.name(name).ifPresent(it -> {
                create(it.schema());
                if (RELATIONS.contains(kind)) {
                    made.add(it.name());
                }
            });
        }
        if (kind.equals("temp") || kind.equals("temporary")) {
            words.name(words.skip(name, Set.of("table", "view", "sequence", "if", "not", "exists")))
                    .ifPresent(it -> made.add(it.name()));
        }
    }

    private void alteration(Words words, boolean written) {
        int at = words.skip(1, BESIDE_THE_KIND);
        String kind = words.word(at);
        changed = ROLES.contains(kind);
        Optional<QualifiedName> name = words.name(words.skip(at + 1, BESIDE_THE_KIND));
        if (kind.equals("schema")) {
            name.ifPresent(schema -> grantedSchemas.add(schema.name()));
        } else if (kind.equals("table") || kind.equals("view")) {
            keys(words, written);
            if (written) {
                name.ifPresent(this::own);
            }
        }
        if (RELATIONS.contains(kind)) {
            words.after("rename", "to").flatMap(words::name).ifPresent(fresh -> made.add(fresh.name()));
            words.after("set", "schema").flatMap(i -> name).ifPresent(moved -> made.add(moved.name()));
        }
    }

    private void keys(Words words, boolean written) {
        for (int i : words.allAfter("references")) {
            words.name(i)
                    .filter(table -> !isMade(table)
                            && !granted.contains(table.name())
                            && !grantedSchemas.contains(table.schema()))
                    .ifPresent((written ? referenced : looked)::add);
        }
    }

    /** What is granted, or taken away, on a thing is not asked for on it; a role that is granted may own anything. */
    private void grant(Words words) {
        Optional<Integer> on = words.after("on");
        if (on.isEmpty() || words.word(on.get()).equals("all")) {
            changed = true;
            return;
        }
        boolean schemas = words.word(on.get()).equals("schema");
        int at = Set.of("table", "schema").contains(words.word(on.get())) ? on.get() + 1 : on.get();
        for (QualifiedName name : words.names(at)) {
            (schemas ? grantedSchemas : granted).add(name.name());
        }
    }

    private boolean isMade(QualifiedName table) {
        return made.contains(table.name()) || madeSchemas.contains(table.schema());
    }

    private void own(QualifiedName table) {
        if (!isMade(table)) {
            owned.add(table);
        }
    }

    private void create(String schema) {
        if (!madeSchemas.contains(schema) && !grantedSchemas.contains(schema)) {
            created.add(schema);
        }
    }

    /** The tokens of a statement, asked for by place. */
    private record Words(List<Token> tokens) {

        /** In lower case; empty for what is no word. */
        String word(int at) {
            return at < tokens.size() && tokens.get(at).kind() == Tokens.Kind.WORD
                    ? tokens.get(at).identifier()
                    : "";
        }

        int skip(int from, Set<String> words) {
            int at = from;
            while (words.contains(word(at))) {
                at++;
            }
            return at;
        }

        /** The place behind the first such sequence of words. */
        Optional<Integer> after(String... sequence) {
            return allAfter(sequence).stream().findFirst();
        }

        List<Integer> allAfter(String... sequence) {
            List<Integer> found = new ArrayList<>();
            for (int i = 1; i < tokens.size(); i++) {
                boolean all = true;
                for (int j = 0; j < sequence.length; j++) {
                    all &= word(i + j).equals(sequence[j]);
                }
                if (all) {
                    found.add(i + sequence.length);
                }
            }
            return found;
        }

        Optional<QualifiedName> name(int at) {
            return names(at).stream().findFirst();
        }

        /** Those of a list with commas; the ones of more than two parts are left out. */
        List<QualifiedName> names(int from) {
            List<QualifiedName> names = new ArrayList<>();
            int at = from;
            while (true) {
                List<String> parts = new ArrayList<>();
                while (at < tokens.size() && isName(tokens.get(at))) {
                    parts.add(tokens.get(at).identifier());
                    at++;
                    if (at >= tokens.size() || !tokens.get(at).is(".")) {
                        break;
                    }
                    at++;
                }
                if (parts.size() == 1) {
                    names.add(QualifiedName.of("", parts.get(0)));
                } else if (parts.size() == 2) {
                    names.add(QualifiedName.of(parts.get(0), parts.get(1)));
                }
                if (at >= tokens.size() || !tokens.get(at).is(",")) {
                    return names;
                }
                at++;
            }
        }

        private static boolean isName(Token token) {
            return token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED;
        }
    }
}
