package dev.sluice.run;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the role must be allowed to do for the steps of a plan, read from their SQL: PostgreSQL's rules are those of the
 * manual's pages of the commands, and chapter "Privileges". What is not understood is left to the server. Pure.
 *
 * @param owned tables that are altered, indexed or validated: only an owner may
 * @param whole tables of which every row must be seen, whatever their policies
 * @param referenced tables that new foreign keys point at; without a schema when the SQL names none
 * @param created schemas in which something is made; empty for the first of the search path
 * @param archive whether tables go into the archive's schema
 */
record NeededRights(
        Set<QualifiedName> owned,
        Set<QualifiedName> whole,
        Set<QualifiedName> referenced,
        Set<String> created,
        boolean archive) {

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

    private static final Set<String> BEFORE_THE_KIND =
            Set.of("or", "replace", "unlogged", "recursive", "materialized", "foreign", "if", "not", "exists");

    static NeededRights of(Plan plan) {
        Reading reading = new Reading();
        Stream.of(plan.expand(), plan.contract(), plan.purge())
                .flatMap(List::stream)
                .forEach(reading::step);
        return new NeededRights(reading.owned, reading.whole, reading.referenced, reading.created, reading.archive);
    }

    private static final class Reading {
        private final Set<QualifiedName> owned = new TreeSet<>();
        private final Set<QualifiedName> whole = new TreeSet<>();
        private final Set<QualifiedName> referenced = new TreeSet<>();
        private final Set<String> created = new TreeSet<>();
        private boolean archive;

        void step(Step step) {
            step.info().locks().stream()
                    .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                    .forEach(lock -> owned.add(lock.table()));
            if (step instanceof Step.Brief brief) {
                brief.statements().forEach(this::statement);
            } else if (step instanceof Step.Opaque opaque) {
                opaque.statements().forEach(this::statement);
            } else if (step instanceof Step.BuildIndex build) {
                owned.add(build.table());
                created.add(build.table().schema());
            } else if (step instanceof Step.Validate validate) {
                owned.add(validate.table());
            } else if (step instanceof Step.Backfill backfill) {
                whole.add(backfill.table());
            } else if (step instanceof Step.BatchedDml dml) {
                whole.add(dml.table());
                archive |= dml.archive().schema().equals(ARCHIVE);
            }
        }

        private void statement(String sql) {
            archive |= sql.contains("CREATE SCHEMA IF NOT EXISTS " + ARCHIVE) || sql.contains("SET SCHEMA " + ARCHIVE);
            List<Token> tokens = Tokens.of(sql);
            boolean table = tokens.size() > 2
                    && (tokens.get(0).isWord("alter") || tokens.get(0).isWord("create"))
                    && tokens.stream().limit(4).anyMatch(t -> t.isWord("table"));
            for (int i = 1; i < tokens.size() && table; i++) {
                if (tokens.get(i).isWord("references")) {
                    name(tokens, i + 1).ifPresent(referenced::add);
                }
            }
            if (!tokens.isEmpty() && tokens.get(0).isWord("create")) {
                creation(tokens);
            }
        }

        private void creation(List<Token> tokens) {
            int at = 1;
            while (at < tokens.size() && BEFORE_THE_KIND.contains(word(tokens, at))) {
                at++;
            }
            if (!IN_SCHEMAS.contains(word(tokens, at))) {
                return;
            }
            at++;
            while (at < tokens.size() && BEFORE_THE_KIND.contains(word(tokens, at))) {
                at++;
            }
            name(tokens, at).ifPresent(name -> created.add(name.schema()));
        }

        private static String word(List<Token> tokens, int at) {
            return at < tokens.size() && tokens.get(at).kind() == Tokens.Kind.WORD
                    ? tokens.get(at).identifier()
                    : "";
        }

        private static Optional<QualifiedName> name(List<Token> tokens, int at) {
            List<String> parts = new ArrayList<>();
            for (int i = at; i < tokens.size() && isName(tokens.get(i)); i += 2) {
                parts.add(tokens.get(i).identifier());
                if (i + 1 >= tokens.size() || !tokens.get(i + 1).is(".")) {
                    break;
                }
            }
            return switch (parts.size()) {
                case 1 -> Optional.of(QualifiedName.of("", parts.get(0)));
                case 2 -> Optional.of(QualifiedName.of(parts.get(0), parts.get(1)));
                default -> Optional.empty();
            };
        }

        private static boolean isName(Token token) {
            return token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED;
        }
    }
}
