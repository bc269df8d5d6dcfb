package dev.sluice.lab.proof.shapes;

import dev.sluice.SluiceException;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.Check;
import dev.sluice.lab.proof.ProofSubject;
import dev.sluice.lab.proof.Sequences;
import dev.sluice.lab.proof.StageResult;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes a migration through one database while both versions work with it. For one use.
 *
 * <ol>
 *   <li>During expand the old version writes, at every step boundary; its reference is a copy of the start.
 *   <li>Expanded: what the plain script makes of the old reference has to be what the new version sees. The new version
 *       writes, with that as its reference; the old one has to see what the down script makes of it. The old version writes
 *       again, to rows of both, and the new one has to see that.
 *   <li>During contract the new version writes; in the end its reference and the planned database are the same.
 * </ol>
 */
final class ShapesRun {

    private static final int TRIES = 3;

    private final ProofSubject subject;
    private final Scope scope;
    private final ApplicationVersion oldVersion;
    private final ApplicationVersion newVersion;
    private final Promise promise;
    private final PlainCopy plain;
    private final Findings findings;
    private final Boundaries boundaries;
    private final Set<QualifiedName> late;
    private final Defaults defaults;
    private final Recomputed recomputed;
    private final TestDatabase planned;
    private final TestDatabase oldReference;
    private final Life life;
    private Map<Table, Set<String>> unforeseeable = Map.of();
    /** New tables that only contract makes: the new version cannot know them before, and has no reference for them after. */
    private final Set<QualifiedName> notYet = new TreeSet<>();

    ShapesRun(
            ProofSubject subject,
            Scope scope,
            Aspect aspect,
            ApplicationVersion oldVersion,
            ApplicationVersion newVersion) {
        String script = subject.migration().up().sql();
        DataSteps dataSteps = new DataSteps(scope.start());
        this.subject = subject;
        this.scope = scope;
        this.oldVersion = oldVersion;
        this.newVersion = newVersion;
        this.promise = Promise.of(scope.start(), scope.plain(), subject.migration(), subject.plan());
        this.plain = new PlainCopy(subject, scope);
        this.findings = new Findings(aspect);
        ChangedTriggers triggers = ChangedTriggers.of(scope, subject.plan());
        Set<QualifiedName> always = new TreeSet<>(scope.attached());
        always.addAll(triggers.atOnce());
        this.boundaries = new Boundaries(dataSteps, always);
        this.late = new TreeSet<>(dataSteps.tables(subject.plan().contract()));
        late.addAll(new DataSteps(scope.plain()).tables(subject.plan().contract())); // new ones, too
        late.addAll(scope.detached());
        late.addAll(triggers.late());
        if (script.contains("same-name-cutover")) {
            late.addAll(scope.touched());
        }
        this.defaults = new Defaults(scope);
        this.recomputed = new Recomputed(subject.plan(), scope);
        this.planned = subject.copyOfStart();
        this.oldReference = subject.copyOfStart();
        this.life = subject.life(planned, boundaries);
    }

    StageResult run() {
        if (expand()) {
            Optional<PlainCopy.Result> newReference = plainUp();
            if (newReference.isEmpty()) {
                findings.wrong(
                        Check.COMMAND,
                        "expanded",
                        "the plain script",
                        "result",
                        "works on what the old version wrote",
                        "fails");
            } else {
                expanded(newReference.get().database());
            }
        }
        return findings.result();
    }

    /** What the plain script makes of what the old version wrote. */
    private Optional<PlainCopy.Result> plainUp() {
        try (Session reference = Sessions.open(oldReference)) {
            defaults.begin(reference);
        }
        return plain.up(oldReference, planned);
    }

    /** @return whether there is something to go on with */
    private boolean expand() {
        for (int i = 0; i < TRIES; i++) {
            Optional<SluiceException> failure = tryExpand(i == 0);
            if (failure.isEmpty()) {
                return findings.count() == 0;
            }
            // the old version may have written what the plain script fails on too: mend that, and go on
            Optional<PlainCopy.Result> plainly = plainUp();
            if (plainly.isEmpty()) {
                // a row that the script names, say, is gone
                findings.tell(
                        "both versions were not tried beyond up: it fails, as the plain script does, on what the old version"
                                + " wrote before (" + firstLine(failure.get()) + ")");
                return false;
            }
            if (!plainly.get().repaired()) {
                findings.wrong(
                        Check.COMMAND,
                        "up, while the old version writes",
                        "sluice up",
                        "result",
                        "succeeds",
                        "fails: " + failure.get().getMessage());
                return false;
            }
        }
        return false;
    }

    private static String firstLine(SluiceException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private Optional<SluiceException> tryExpand(boolean first) {
        try (Session session = Sessions.open(planned);
                Session reference = Sessions.open(oldReference)) {
            Twins twins = new Twins(reference, session);
            Writing old = oldWriting(twins, oldVersion, 0);
            if (first) {
                old.write("before up", Promise.Stage.OLD, boundaries.dataTables());
            }
            boundaries.tell(when -> {
                alignOld(twins);
                old.write(when, Promise.Stage.OLD, boundaries.dataTables());
                old.compare(when, boundaries.dataTables());
            });
            try {
                life.up();
            } catch (SluiceException e) {
                return Optional.of(e);
            } finally {
                boundaries.tell(when -> {});
                boundaries.rethrow();
            }
            alignOld(twins);
            old.writeLong("expanded", Promise.Stage.OLD, boundaries.dataTables());
            old.compare("expanded", boundaries.dataTables());
            old.checkThatSomethingWorked("expanded");
            return Optional.empty();
        }
    }

    private Writing oldWriting(Twins twins, ApplicationVersion version, int part) {
        Statements statements = version.on(
                twins.reference(),
                Defaults.withVolatile(scope.start(), scope.plain()),
                scope.oldTargets(),
                subject.seed() + part);
        return new Writing("old version", twins, statements, promise, scope.oldTables(), findings);
    }

    private Writing newWriting(Twins twins, ApplicationVersion version, int part) {
        List<QualifiedName> targets = scope.newTargets().stream()
                .filter(target -> !notYet.contains(target))
                .toList();
        Statements statements = version.on(
                twins.reference(), Defaults.withVolatile(scope.plain(), scope.start()), targets, subject.seed() + part);
        return new Writing("new version", twins, statements, promise, newTables(), findings);
    }

    private List<Table> newTables() {
        return scope.newTables().stream()
                .filter(table -> !notYet.contains(table.name()))
                .toList();
    }

    private void lookForNewTables() {
        try (Session session = Sessions.open(planned)) {
            scope.newTables().stream()
                    .map(Table::name)
                    .filter(name -> session.isTrue("SELECT pg_catalog.to_regclass(?) IS NULL", name.quoted()))
                    .filter(name -> scope.start().table(name).isEmpty())
                    .filter(name -> scope.plain()
                            .table(name)
                            .flatMap(scope::ancestor)
                            .filter(before -> before.name().schema().equals(name.schema()))
                            .isEmpty())
                    .forEach(notYet::add);
        }
    }

    private void expanded(TestDatabase newReference) {
        lookForNewTables();
        Mixed mixed = new Mixed(scope, untranslated(), findings);
        boolean contracts = subject.plan().hasContract();
        Promise.Stage stage = contracts ? Promise.Stage.NEW_BEFORE_END : Promise.Stage.END;
        Set<QualifiedName> lateForNew = lateForNew();
        try (Session session = Sessions.open(planned);
                Session reference = Sessions.open(newReference)) {
            Writing fresh = newWriting(new Twins(reference, session), newVersion.keepingKeys(), 1);
            alignNew(fresh, session, lateForNew);
            defaults.alignNew(new Twins(reference, session));
            recomputed.align(new Twins(reference, session), unforeseeable);
            mixed.newBefore(reference, session);
            fresh.writeLong("expanded", stage, lateForNew);
            fresh.compare("expanded", lateForNew);
            fresh.checkThatSomethingWorked("expanded");
            mixed.newAfter(reference, session);
            recomputed.remove(reference);
        }
        if (!mixed.isEmpty() && findings.count() == 0) {
            mix(mixed, newReference);
        }
        if (findings.count() == 0) {
            contract(newReference, contracts);
        }
    }

    /** Nothing follows rows of tables whose data the script changes itself, once, at a moment of its own. */
    private Set<QualifiedName> untranslated() {
        Set<QualifiedName> names = new TreeSet<>(late);
        names.addAll(boundaries.dataTables());
        return names;
    }

    private Set<QualifiedName> lateForNew() {
        Set<QualifiedName> names = new TreeSet<>();
        for (QualifiedName name : late) {
            Optional<Table> before = scope.start().table(name);
            before.flatMap(scope::successor).map(Table::name).ifPresent(names::add);
            if (before.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Compares what the new version sees with the plain result, then gives that the values that are a matter of chance. */
    private void alignNew(Writing fresh, Session session, Set<QualifiedName> lateForNew) {
        List<Table> different = new ArrayList<>();
        for (Table table : newTables()) {
            if (!lateForNew.contains(table.name()) && !fresh.sees(table)) {
                different.add(table);
            }
        }
        if (!different.isEmpty() || !lateForNew.isEmpty()) {
            unforeseeable = defaults.withTold(plain.unforeseeable(oldReference, fresh.reference()), subject.plan());
            for (Table table : different) {
                fresh.compare("expanded", table, unforeseeable.getOrDefault(table, Set.of()));
                Patch.apply(fresh.reference(), table, TableRows.of(table).read(session));
            }
        }
        Sequences.align(session, fresh.reference());
    }

    private void mix(Mixed mixed, TestDatabase newReference) {
        mixed.checkOld("expanded, after the new version wrote", plain.down(newReference), recomputed);
        if (findings.count() > 0) {
            return;
        }
        try (Session session = Sessions.open(planned);
                Session reference = Sessions.open(oldReference)) {
            Relaxation.apply(scope.oldTables(), reference, session);
            patch(scope.oldTables(), session, reference, Set.of());
            Writing old = oldWriting(new Twins(reference, session), oldVersion.keepingKeys(), 2);
            String when = "expanded, on rows of both versions";
            mixed.oldBefore(reference);
            mixed.aimed(subject.seed()).forEach(statement -> old.send(when, Promise.Stage.OLD, statement));
            old.writeLong(when, Promise.Stage.OLD, untranslated());
            old.compare(when, untranslated());
            mixed.oldAfter(reference, session);
        }
        Optional<PlainCopy.Result> again = plainUp();
        if (again.isPresent() && !again.get().repaired()) {
            mixed.checkNew("expanded, after the old version wrote", again.get().database(), unforeseeable, recomputed);
        }
        try (Session session = Sessions.open(planned);
                Session reference = Sessions.open(newReference)) {
            patch(newTables(), session, reference, lateForNew());
        }
    }

    private void alignOld(Twins twins) {
        defaults.alignOld(twins);
        if (subject.plan().notes().stream().anyMatch(note -> note.text().contains(" is rounded to "))) {
            Relaxation.digits(scope.oldTables(), twins.reference(), twins.planned());
        }
    }

    private static void patch(List<Table> tables, Session from, Session to, Set<QualifiedName> except) {
        for (Table table : tables) {
            TableRows shape = TableRows.of(table);
            if (!except.contains(table.name()) && !shape.digest(from).equals(shape.digest(to))) {
                Patch.apply(to, table, shape.read(from));
            }
        }
        Sequences.align(from, to);
    }

    private void contract(TestDatabase newReference, boolean contracts) {
        try (Session session = Sessions.open(planned);
                Session reference = Sessions.open(newReference)) {
            Writing fresh = newWriting(new Twins(reference, session), newVersion, 3);
            Set<QualifiedName> lateForNew = lateForNew();
            if (contracts) {
                boundaries.tell(when -> {
                    defaults.alignNew(new Twins(reference, session));
                    recomputed.align(new Twins(reference, session), unforeseeable);
                    recomputed.catchUp(new Twins(reference, session));
                    fresh.write(when, Promise.Stage.NEW_BEFORE_END, lateForNew);
                    fresh.compare(when, lateForNew);
                });
                try {
                    life.contract();
                } catch (SluiceException e) {
                    findings.wrong(
                            Check.COMMAND,
                            "contract, while the new version writes",
                            "sluice contract",
                            "result",
                            "succeeds",
                            "fails: " + e.getMessage());
                    return;
                } finally {
                    boundaries.tell(when -> {});
                    boundaries.rethrow();
                }
            }
            recomputed.remove(reference);
            fresh.compare("in the end", lateForNew);
            for (Table table : newTables()) {
                if (lateForNew.contains(table.name())) {
                    fresh.compare("in the end", table, unforeseeable.getOrDefault(table, Set.of()));
                }
            }
            patch(newTables(), session, reference, Set.of());
            defaults.end(reference);
            fresh.write("in the end", Promise.Stage.END, Set.of());
            fresh.compare("in the end", Set.of());
        }
    }
}
