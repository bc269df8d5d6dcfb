package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.UserType;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ALTER DOMAIN: what relaxes in expand, what restricts in contract. What has to look at the values that are there reads
 * every table with a column of the domain under a SHARE lock, VALIDATE too: PostgreSQL has no form that lets writers
 * go on (observed on 14 to 18). So that is for small tables, or for who allows it.
 */
final class AlterDomain implements Operation {

    private static final String BLOCKING = "domain-add-constraint-valid";

    @Override
    public String id() {
        return "alter-domain";
    }

    @Override
    public About about() {
        return About.of("Change a domain", """
                        `ALTER DOMAIN … SET | DROP DEFAULT`, `SET | DROP NOT NULL`, `ADD | DROP | RENAME | VALIDATE
                        CONSTRAINT`
                        """)
                .expand("`SET DEFAULT`, `DROP NOT NULL`, `DROP CONSTRAINT`.")
                .contract("""
                        `DROP DEFAULT`, `ADD CONSTRAINT` (also `NOT VALID`), `VALIDATE`, `SET NOT NULL`, `RENAME
                        CONSTRAINT`. Values that break the rule are looked for before anything runs, and again before
                        contract.
                        """)
                .undo("""
                        What the catalog had. A rule that comes back is checked; values that the new version wrote can
                        be in its way.
                        """)
                .locks("""
                        What has to look at values (`ADD CONSTRAINT`, `VALIDATE`, `SET NOT NULL`, and the way back of
                        what drops) takes `SHARE` on every table with a column of the domain: writers wait while it
                        reads.
                        """)
                .limits("""
                        So that is refused (`domain-add-constraint-valid`) when one of these tables is large: PostgreSQL
                        has no form that lets writers go on. `ADD … NOT VALID` holds for every new value, and reads
                        nothing.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        boolean rename =
                change.kind().equals("RenameStmt") && node.text("renameType").equals("OBJECT_DOMCONSTRAINT");
        if (!change.kind().equals("AlterDomainStmt") && !rename) {
            return false;
        }
        List<String> parts = rename ? node.get("object").strings("items") : node.strings("typeName");
        UserType domain = draft.catalog()
                .resolveType(ObjectNames.schema(parts), ObjectNames.last(parts))
                .filter(t -> t.kind() == UserType.Kind.DOMAIN)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "domain \"" + ObjectNames.last(parts) + "\" does not exist before this migration",
                        "Check the name; say all of a new domain in CREATE DOMAIN."));
        if (rename) {
            String alter = alter(domain) + "RENAME CONSTRAINT ";
            String before = Identifier.quote(node.text("subname"));
            String after = Identifier.quote(node.text("newname"));
            constraint(change, draft, domain, node.text("subname"));
            BriefChange.last(
                    change,
                    draft,
                    Optional.empty(),
                    alter + before + " TO " + after,
                    List.of(alter + after + " TO " + before));
            return true;
        }
        switch (node.text("subtype")) {
            case "T" -> setDefault(change, draft, domain);
            case "N" -> dropNotNull(change, draft, domain);
            case "O" -> setNotNull(change, draft, domain, "SET NOT NULL", "DROP NOT NULL");
            case "C" -> add(change, draft, domain);
            case "X" -> drop(change, draft, domain);
            default -> validate(change, draft, domain);
        }
        return true;
    }

    private static void setDefault(Change change, Draft draft, UserType domain) {
        String undo = alter(domain)
                + domain.defaultExpression().map(d -> "SET DEFAULT " + d).orElse("DROP DEFAULT");
        if (change.command().has("def")) {
            BriefChange.additive(
                    change, draft, Optional.empty(), change.statement().sql(), List.of(undo));
        } else {
            BriefChange.last(change, draft, Optional.empty(), change.statement().sql(), List.of(undo));
        }
    }

    private static void dropNotNull(Change change, Draft draft, UserType domain) {
        if (!domain.notNull()) {
            draft.note(Note.Level.INFO, change.source(), domain.name() + " may be NULL already: nothing to do");
            return;
        }
        relax(change, draft, domain, List.of(alter(domain) + "SET NOT NULL"));
    }

    private static void drop(Change change, Draft draft, UserType domain) {
        String name = change.command().text("name");
        if (change.command().flag("missing_ok")
                && domain.constraints().stream().noneMatch(c -> c.name().equals(name))) {
            draft.note(Note.Level.INFO, change.source(), "constraint " + name + " does not exist: nothing to drop");
            return;
        }
        Constraint constraint = constraint(change, draft, domain, name);
        if (constraint.kind() == Constraint.Kind.NOT_NULL) {
            dropNotNull(change, draft, domain);
            return;
        }
        List<String> back = new ArrayList<>();
        back.add(alter(domain) + "ADD CONSTRAINT " + Identifier.quote(name) + " " + constraint.definition());
        constraint
                .comment()
                .ifPresent(c -> back.add("COMMENT ON CONSTRAINT " + Identifier.quote(name) + " ON DOMAIN "
                        + domain.name().quoted() + " IS " + Identifier.literal(c)));
        relax(change, draft, domain, back);
    }

    private static void relax(Change change, Draft draft, UserType domain, List<String> back) {
        List<TypeUses.Use> uses = TypeUses.of(draft.catalog(), domain.name()).columns();
        String title = Placement.words(change);
        if (!uses.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "down makes the rule again, which stops writers of " + tables(uses)
                            + " while it reads them, and fails when the new version has written what breaks it");
        }
        draft.add(
                change,
                Placement.of(change, draft, Slot.CREATE),
                draft.step(change, "domain " + domain.name().name(), title)
                        .because("relaxing: what the old version writes stays valid")
                        .undo(reading(draft.step(change, "domain-back", "take back: " + title), uses)
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, change.statement().sql()));
    }

    private static void setNotNull(Change change, Draft draft, UserType domain, String action, String back) {
        if (domain.notNull()) {
            draft.note(Note.Level.INFO, change.source(), domain.name() + " is NOT NULL already: nothing to do");
            return;
        }
        restrict(change, draft, domain, "NULL", c -> c + " IS NULL", action, back, Optional.empty());
    }

    private static void add(Change change, Draft draft, UserType domain) {
        Node definition = change.command().get("def");
        if (definition.text("contype").equals("CONSTR_NOTNULL")) {
            setNotNull(change, draft, domain, action(change), "DROP NOT NULL");
            return;
        }
        String given = definition.text("conname");
        String name = given.isEmpty() ? generated(draft, domain) : given;
        String drop = "DROP CONSTRAINT IF EXISTS " + Identifier.quote(name);
        draft.mark(new Mark.ConstraintMade(domain.name().withName(name)));
        String action = given.isEmpty()
                ? action(change).replaceFirst("(?i)^ADD\\s", "ADD CONSTRAINT " + Identifier.quote(name) + " ")
                : action(change);
        if (definition.flag("skip_validation")) {
            BriefChange.last(change, draft, Optional.empty(), alter(domain) + action, List.of(alter(domain) + drop));
            return;
        }
        String check = check(change.statement().sql());
        restrict(change, draft, domain, name, c -> "NOT (" + onColumn(check, c) + ")", action, drop, Optional.empty());
    }

    private static void validate(Change change, Draft draft, UserType domain) {
        String name = change.command().text("name");
        boolean isNew = draft.has(new Mark.ConstraintMade(domain.name().withName(name)));
        Optional<String> definition = isNew
                ? definitionInScript(draft, name)
                : Optional.of(constraint(change, draft, domain, name).definition());
        if (!isNew && constraint(change, draft, domain, name).validated()) {
            draft.note(Note.Level.INFO, change.source(), "constraint " + name + " is valid already: nothing to do");
            return;
        }
        String check = check(definition.orElse(""));
        // nothing but a new constraint is ever NOT VALID: the way back makes it that again
        List<String> back = isNew
                ? List.of()
                : List.of(
                        alter(domain) + "DROP CONSTRAINT IF EXISTS " + Identifier.quote(name),
                        alter(domain) + "ADD CONSTRAINT " + Identifier.quote(name) + " " + definition.orElseThrow());
        restrict(
                change,
                draft,
                domain,
                name,
                c -> "NOT (" + onColumn(check, c) + ")",
                action(change),
                "",
                Optional.of(back));
    }

    private static Optional<String> definitionInScript(Draft draft, String constraint) {
        return draft.request().up().statements().stream()
                .filter(s -> s.node().is("AlterDomainStmt")
                        && s.node().get("def").text("conname").equals(constraint))
                .map(s -> s.sql())
                .findFirst();
    }

    /** @param violates a column as SQL to the condition under which its value breaks the rule */
    private static void restrict(
            Change change,
            Draft draft,
            UserType domain,
            String rule,
            java.util.function.UnaryOperator<String> violates,
            String action,
            String back,
            Optional<List<String>> wholeWayBack) {
        List<TypeUses.Use> uses = TypeUses.of(draft.catalog(), domain.name()).columns();
        if (uses.stream().anyMatch(u -> !u.direct())) {
            throw draft.refuse(
                    change,
                    BLOCKING,
                    "columns hold arrays or composite values of " + domain.name()
                            + ": PostgreSQL cannot check the values in them",
                    "Make a domain of another name, or put a CHECK on the tables.");
        }
        Optional<TypeUses.Use> large =
                uses.stream().filter(u -> !SafeForms.isSmall(u.table())).findFirst();
        large.ifPresent(u -> draft.refuseUnlessAllowed(
                change,
                BLOCKING,
                "it reads " + SafeForms.rows(u.table()) + " of " + u.table().name() + " while nobody can write to it:"
                        + " PostgreSQL has no other form for a domain",
                "Add the constraint as NOT VALID, which holds for every new value, and leave out VALIDATE; or put a CHECK on"
                        + " the table."));
        for (Slot slot : List.of(Slot.PREFLIGHT, Slot.CONTRACT_PREFLIGHT)) {
            for (TypeUses.Use use : uses) {
                String column = Identifier.quote(use.column().name());
                String what = use.table().name() + "." + column;
                draft.add(
                        slot,
                        draft.step(change, "violations " + what, "does any " + what + " break " + rule)
                                .because("the statement would fail on it")
                                .scans(use.table())
                                .check(
                                        new Probe.NoRows(
                                                use.table().name(),
                                                violates.apply(column),
                                                SafeForms.keyColumns(use.table())),
                                        "values of " + what + " break " + rule + " of domain " + domain.name()));
            }
        }
        String title = Placement.words(change);
        List<String> undo = wholeWayBack.orElse(List.of(alter(domain) + back));
        StepSpec spec = reading(draft.step(change, "domain " + domain.name().name(), title), uses)
                .because("reads " + tables(uses) + " with writers stopped; small: milliseconds");
        if (!undo.isEmpty()) {
            spec.undo(draft.step(change, "domain-back", "take back: " + title).brief(Step.Purpose.DDL, undo));
        }
        draft.add(
                change,
                Placement.of(change, draft, Slot.AFTER_SWAP),
                spec.brief(Step.Purpose.DDL, alter(domain) + action));
    }

    private static StepSpec reading(StepSpec spec, List<TypeUses.Use> uses) {
        uses.stream().map(u -> u.table().name()).forEach(table -> spec.lock(table, LockMode.SHARE));
        return spec;
    }

    private static String tables(List<TypeUses.Use> uses) {
        return uses.isEmpty()
                ? "nothing"
                : uses.stream()
                        .map(TypeUses.Use::table)
                        .map(Table::name)
                        .map(QualifiedName::toString)
                        .distinct()
                        .collect(java.util.stream.Collectors.joining(", "));
    }

    private static Constraint constraint(Change change, Draft draft, UserType domain, String name) {
        return domain.constraints().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-constraint",
                        "constraint \"" + name + "\" of domain " + domain.name()
                                + " does not exist before this migration",
                        "Check the name; do not add and drop a constraint in one migration."));
    }

    /** {@code domain_check}, {@code domain_check1}, …: ChooseConstraintName in pg_constraint.c. */
    private static String generated(Draft draft, UserType domain) {
        for (int i = 0; ; i++) {
            QualifiedName name = domain.name()
                    .withName(Identifier.generated(domain.name().name(), "", i == 0 ? "check" : "check" + i));
            boolean taken = draft.has(new Mark.ConstraintMade(name))
                    || draft.catalog().types().values().stream()
                            .filter(t -> t.name().schema().equals(name.schema()))
                            .flatMap(t -> t.constraints().stream())
                            .anyMatch(c -> c.name().equals(name.name()))
                    || draft.catalog().tables().values().stream()
                            .filter(t -> t.name().schema().equals(name.schema()))
                            .anyMatch(t -> t.constraint(name.name()).isPresent());
            if (!taken) {
                return name.name();
            }
        }
    }

    private static String alter(UserType domain) {
        return "ALTER DOMAIN " + domain.name().quoted() + " ";
    }

    /** What follows ALTER DOMAIN name. */
    private static String action(Change change) {
        List<Tokens.Token> tokens = Tokens.of(change.statement().sql());
        int at = 3;
        while (tokens.get(at).is(".")) {
            at += 2;
        }
        return change.statement().sql().substring(tokens.get(at).start());
    }

    /** What stands in the brackets of CHECK. */
    private static String check(String sql) {
        int depth = 0;
        int start = -1;
        boolean behind = false;
        for (Tokens.Token token : Tokens.of(sql)) {
            behind |= token.isWord("check");
            if (behind && token.is("(")) {
                start = depth++ == 0 ? token.end() : start;
            } else if (behind && token.is(")") && --depth == 0) {
                return sql.substring(start, token.start());
            }
        }
        throw new IllegalArgumentException("no CHECK in " + sql);
    }

    private static String onColumn(String check, String column) {
        StringBuilder sql = new StringBuilder(check);
        List<Tokens.Token> tokens = new ArrayList<>(Tokens.of(check));
        java.util.Collections.reverse(tokens);
        for (Tokens.Token token : tokens) {
            if (token.isWord("value")) {
                sql.replace(token.start(), token.end(), column);
            }
        }
        return sql.toString();
    }
}
