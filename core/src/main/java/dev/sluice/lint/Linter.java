package dev.sluice.lint;

import dev.sluice.lint.effect.Effect;
import dev.sluice.lint.effect.Effects;
import dev.sluice.lint.rule.Rules;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.lint.size.Sizes;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads scripts in their order, keeps the schema as they leave it, and puts each statement before the rules. Used by one thread
 * at a time.
 */
public final class Linter {

    private final PgParser parser;
    private int version;
    private final List<Rule> rules;
    private final Map<String, List<Rule>> rulesOfType = new HashMap<>();
    private final LocalDate today;
    private final Observations observations;
    private final Sizes sizes;
    private final KnownSchema schema;
    private final List<Open> open = new ArrayList<>();
    private int scripts;
    private final Set<KnownTable> assumed = Collections.newSetFromMap(new IdentityHashMap<>());

    private Previous previous = new Previous(Set.of(), List.of());

    /**
     * The script that went forward last.
     *
     * @param older the tables that were there when it began
     */
    private record Previous(Set<KnownTable> older, List<Statement> statements) {}

    /** A statement on which a rule has not decided yet. */
    private record Open(Rule rule, Scene scene, int script, List<Finding> found) {}

    /**
     * @param version PostgreSQL's major version
     * @param today after whose end an accepted finding is no longer accepted
     */
    public Linter(PgParser parser, int version, LocalDate today) {
        this(parser, version, today, Observations.NONE, Sizes.UNKNOWN);
    }

    /**
     * @param observations what a server of that version was seen to do: believed before what reading says
     * @param sizes of the database that the scripts are meant for: severity follows from them
     */
    public Linter(PgParser parser, int version, LocalDate today, Observations observations, Sizes sizes) {
        this(parser, version, today, observations, sizes, new KnownSchema(), Rules.ALL);
    }

    Linter(
            PgParser parser,
            int version,
            LocalDate today,
            Observations observations,
            Sizes sizes,
            KnownSchema schema,
            List<Rule> rules) {
        this.parser = parser;
        this.version = version;
        this.today = today;
        this.observations = observations;
        this.sizes = sizes;
        this.schema = schema;
        this.rules = List.copyOf(rules);
    }

    /** Another one that knows what this one knows of the schema now, and goes its own way from here. */
    public Linter fork() {
        return fork(new IdentityHashMap<>());
    }

    private Linter fork(Map<KnownTable, KnownTable> copies) {
        Linter fork = new Linter(parser, version, today, observations, sizes, schema.copy(copies), rules);
        assumed.forEach(table -> Optional.ofNullable(copies.get(table)).ifPresent(fork.assumed::add));
        return fork;
    }

    /**
     * Judges what comes from here on as another version would run it.
     *
     * @param major PostgreSQL's major version
     */
    public void version(int major) {
        version = major;
    }

    /** Takes a schema as there before the first script. */
    public void know(Script script) {
        script.statements().forEach(schema::apply);
        schema.committed();
    }

    /**
     * What the rules find in a script, in the order of its text, without what its {@code sluice:allow} comments accept.
     *
     * @throws dev.sluice.SluiceException for a script that PostgreSQL's parser does not take
     */
    public List<Finding> lint(MigrationScript migration) {
        return lint(migration, migration.parse(parser), Standing.FORWARD);
    }

    /**
     * The same of a script that was parsed already.
     *
     * @param script what the parser makes of it
     * @param standing of one that goes {@link Standing#BACK}: it is that of the script before it, and the next one does not
     *     see what it does
     */
    public List<Finding> lint(MigrationScript migration, Script script, Standing standing) {
        return standing == Standing.BACK ? wayBack(migration, script) : wayForward(migration, script, standing);
    }

    private List<Finding> wayForward(MigrationScript migration, Script script, Standing standing) {
        scripts++;
        schema.everythingMayHaveRows();
        schema.committed();
        Set<KnownTable> older = Collections.newSetFromMap(new IdentityHashMap<>());
        older.addAll(schema.tables());
        Place place = new Place(migration.transaction() == TransactionMode.ON, standing, List.of());
        List<Finding> findings = statements(migration, script, place, older);
        previous = new Previous(older, script.statements());
        return findings;
    }

    /** Tables that the way forward made are nobody's: the old version, which is to run again, does not know them. */
    private List<Finding> wayBack(MigrationScript migration, Script script) {
        Map<KnownTable, KnownTable> copies = new IdentityHashMap<>();
        Linter fork = fork(copies);
        fork.schema.everythingMayHaveRows();
        fork.schema.committed();
        Set<KnownTable> older = Collections.newSetFromMap(new IdentityHashMap<>());
        previous.older().forEach(table -> Optional.ofNullable(copies.get(table)).ifPresent(older::add));
        Place place = new Place(migration.transaction() == TransactionMode.ON, Standing.BACK, previous.statements());
        return fork.statements(migration, script, place, older);
    }

    private List<Finding> statements(MigrationScript migration, Script script, Place place, Set<KnownTable> older) {
        List<Finding> findings = new ArrayList<>();
        List<Scene.Done> before = new ArrayList<>();
        List<Scene.Done> earlier = new ArrayList<>();
        List<Statement> statements = script.statements();
        Suppressions suppressions = new Suppressions(migration, today);
        Held held = new Held();
        Places places = new Places(statements);
        boolean explicit = false;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            assume(statement, older);
            Effect read = new Effects(schema, version).of(statement);
            Optional<Observed> observed = observations.of(statement);
            boolean data = ObservedFindings.isAboutData(statement.type());
            Effect effect = observed.map(seen -> seen.correct(read, data)).orElse(read);
            boolean transactional = explicit || place.wrapped();
            Scene scene = new Scene(
                            statement,
                            effect,
                            schema,
                            version,
                            older,
                            assumed,
                            Collections.unmodifiableList(before),
                            Collections.unmodifiableList(earlier),
                            statements.subList(i + 1, statements.size()),
                            held,
                            places,
                            transactional,
                            place,
                            observed,
                            sizes,
                            List.of(),
                            Set.of())
                    .complete();
            findings.addAll(findings(scene, read, suppressions));
            Scene.Done done = new Scene.Done(statement, effect, scene.used());
            earlier.add(done);
            if (statement.node().is("TransactionStmt")) {
                explicit = opens(statement) || explicit && !ends(statement);
                if (ends(statement)) {
                    before.clear();
                    held.clear();
                    schema.committed();
                }
                continue;
            }
            schema.apply(statement);
            if (transactional) {
                before.add(done);
                held.add(effect, done.used());
            } else {
                schema.committed();
            }
        }
        findings.addAll(suppressions.findings());
        return List.copyOf(findings);
    }

    /** Those that look at statements of a type: a few, for most. */
    private List<Rule> rulesOf(String type) {
        return rulesOfType.computeIfAbsent(
                type,
                each -> rules.stream()
                        .filter(rule -> rule.types().isEmpty() || rule.types().contains(each))
                        .toList());
    }

    private List<Finding> findings(Scene scene, Effect read, Suppressions suppressions) {
        List<Finding> found = new ArrayList<>();
        List<Rule> concerned = rulesOf(scene.statement().type());
        for (Rule rule : concerned) {
            rule.check(scene, new Report(rule, scene, found));
        }
        scene.observed().ifPresent(seen -> found.addAll(new ObservedFindings(scene, read, seen).findings()));
        found.removeIf(finding -> suppressions.accepts(finding.rule(), scene.statement()));
        if (scene.place().standing() == Standing.BACK) {
            List<Finding> back = new ArrayList<>();
            rules.forEach(rule -> rule.goingBack(scene, found, new Report(rule, scene, back)));
            back.removeIf(finding -> suppressions.accepts(finding.rule(), scene.statement()));
            return back;
        }
        for (Rule rule : concerned) {
            if (rule.staysOpen(scene) && !suppressions.accepts(rule.id(), scene.statement())) {
                List<Finding> own = found.stream()
                        .filter(finding -> finding.rule().equals(rule.id()))
                        .toList();
                open.add(new Open(rule, scene, scripts, own));
            }
        }
        return found;
    }

    /** Takes what a later script does to the schema, without judging it. */
    public void follow(Script script) {
        scripts++;
        schema.everythingMayHaveRows();
        know(script);
    }

    /** What is found in all scripts before the last one, now that what came after them is known. */
    public List<Finding> atEnd() {
        List<Finding> findings = new ArrayList<>();
        open.stream()
                .filter(each -> each.script() < scripts)
                .forEach(each -> each.rule().atEnd(each.scene(), new Report(each.rule(), each.scene(), findings)));
        return List.copyOf(findings);
    }

    /** Those of the findings that no later script has done anything about. */
    public List<Finding> withoutSettled(List<Finding> findings) {
        Set<Finding> settled = open.stream()
                .filter(each -> each.script() < scripts)
                .flatMap(each ->
                        each.found().stream().filter(found -> each.rule().isSettled(each.scene(), found)))
                .collect(Collectors.toSet());
        return findings.stream().filter(finding -> !settled.contains(finding)).toList();
    }

    private static boolean opens(Statement statement) {
        return Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START")
                .contains(statement.node().text("kind"));
    }

    /** Savepoints leave a transaction open. */
    private static boolean ends(Statement statement) {
        return Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE")
                .contains(statement.node().text("kind"));
    }

    /** A table that a statement alters and no script made was there before all of them. */
    private void assume(Statement statement, Set<KnownTable> older) {
        schema.assume(statement.node()).forEach(table -> {
            older.add(table);
            assumed.add(table);
        });
    }
}
