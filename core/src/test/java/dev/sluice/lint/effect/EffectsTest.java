package dev.sluice.lint.effect;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each statement of {@code observed.jsonl} on each version: the locks, new files and scans that PostgreSQL was observed to take.
 * A statement that runs outside of a transaction was observed by looking at it from another session, which may miss a lock of
 * short duration: there, all that was seen has to be said.
 */
final class EffectsTest {

    private static final Map<String, LockMode> MODES = Map.of(
            "AS", LockMode.ACCESS_SHARE,
            "RS", LockMode.ROW_SHARE,
            "RX", LockMode.ROW_EXCLUSIVE,
            "SUX", LockMode.SHARE_UPDATE_EXCLUSIVE,
            "S", LockMode.SHARE,
            "SRX", LockMode.SHARE_ROW_EXCLUSIVE,
            "X", LockMode.EXCLUSIVE,
            "AX", LockMode.ACCESS_EXCLUSIVE);

    private static final PgParser PARSER = new PgParser();
    private static final Map<String, List<Statement>> PARSED = new HashMap<>();
    private static final List<JsonObject> LINES = lines();

    /** One observation on one version. */
    record Observation(String id, int version, JsonObject seen) {
        @Override
        public String toString() {
            return id + " on " + version;
        }

        String text(String field) {
            JsonElement value = seen.get(field);
            return value == null || value.isJsonNull() ? "" : value.getAsString();
        }

        boolean transactional() {
            return seen.get("transactional").getAsBoolean();
        }

        Set<String> names(String field) {
            Set<String> names = new TreeSet<>();
            seen.getAsJsonArray(field).forEach(name -> names.add(name.getAsString()));
            return names;
        }

        /** Without those of indexes. */
        Map<String, LockMode> locks() {
            Map<String, LockMode> locks = new TreeMap<>();
            seen.getAsJsonObject("locks").entrySet().forEach(lock -> {
                if (!lock.getKey().matches(".*\\([iI]\\)")) {
                    locks.put(
                            lock.getKey().replaceAll("\\(.*", ""),
                            Objects.requireNonNull(MODES.get(lock.getValue().getAsString())));
                }
            });
            return locks;
        }
    }

    static List<Observation> observations() {
        List<Observation> observations = new ArrayList<>();
        for (JsonObject line : LINES.subList(1, LINES.size())) {
            line.getAsJsonArray("pg")
                    .forEach(version ->
                            observations.add(new Observation(line.get("id").getAsString(), version.getAsInt(), line)));
        }
        return observations;
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @MethodSource("observations")
    void saysWhatPostgresWasSeenToDo(Observation observation) {
        KnownSchema schema = new KnownSchema();
        parse(LINES.get(0).get("setup").getAsString()).forEach(schema::apply);
        parse(observation.text("setup")).forEach(schema::apply);
        parse(observation.text("pre")).forEach(schema::apply);
        schema.committed();
        List<Effect> effects = new ArrayList<>();
        for (Statement statement : parse(observation.text("sql"))) {
            Effect effect = new Effects(schema, observation.version()).of(statement);
            Map<KnownTable, QualifiedName> before = new IdentityHashMap<>();
            schema.tables().forEach(table -> before.put(table, table.name()));
            schema.apply(statement);
            Map<QualifiedName, QualifiedName> names = new HashMap<>();
            before.forEach((table, name) -> names.put(name, table.name()));
            effects.replaceAll(earlier -> renamed(earlier, names));
            effects.add(renamed(effect, names));
        }

        if (observation.text("error").startsWith("could not create unique index")) {
            return; // only the data tell
        }
        List<String> failures =
                effects.stream().flatMap(e -> e.failure().stream()).toList();
        if (observation.seen().has("error")) {
            assertThat(failures).as(observation.text("error")).isNotEmpty();
            return;
        }
        assertThat(failures).isEmpty();
        assertThat(effects.stream().allMatch(Effect::transactional)).isEqualTo(observation.transactional());
        Map<String, LockMode> locks = locks(effects, schema);
        if (!observation.transactional()) {
            assertThat(locks.keySet()).containsAll(observation.locks().keySet());
            return;
        }
        assertThat(locks).isEqualTo(observation.locks());
        assertThat(relations(
                        effects.stream().flatMap(e -> e.rewritten().stream()).toList()))
                .isEqualTo(withoutIndexes(observation.names("rewritten"), schema));
        assertThat(relations(effects.stream().flatMap(e -> e.scanned().stream()).toList()))
                .isEqualTo(observation.names("scanned"));
    }

    /** With the names that the relations have now, as {@code pg_locks} shows them. */
    private static Effect renamed(Effect effect, Map<QualifiedName, QualifiedName> names) {
        Map<QualifiedName, LockMode> locks = new HashMap<>();
        effect.locks().forEach((relation, mode) -> locks.put(names.getOrDefault(relation, relation), mode));
        return new Effect(
                locks,
                effect.rewritten(),
                effect.scanned(),
                effect.indexed(),
                effect.transactional(),
                effect.failure(),
                effect.doubts());
    }

    /** What was dropped is not shown any more. */
    private static Map<String, LockMode> locks(List<Effect> effects, KnownSchema schema) {
        Map<String, LockMode> locks = new TreeMap<>();
        for (Effect effect : effects) {
            effect.locks().forEach((relation, mode) -> {
                if (schema.table(relation).isPresent()
                        || schema.sequence(Effects.relation(List.of(relation.schema(), relation.name())))
                                .isPresent()) {
                    locks.merge(plain(relation), mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
                }
            });
        }
        return locks;
    }

    private static Set<String> relations(List<QualifiedName> relations) {
        return relations.stream().map(EffectsTest::plain).collect(toCollection(TreeSet::new));
    }

    private static Set<String> withoutIndexes(Set<String> names, KnownSchema schema) {
        return names.stream()
                .filter(name -> schema.index(QualifiedName.of("s", name)).isEmpty())
                .collect(toCollection(TreeSet::new));
    }

    private static String plain(QualifiedName name) {
        return name.schema().equals("s") ? name.name() : Identifier.quote(name.schema()) + "." + name.name();
    }

    private static List<Statement> parse(String sql) {
        return PARSED.computeIfAbsent(
                sql,
                text -> Script.parse(PARSER, new SourceText("observed.sql", text))
                        .statements());
    }

    private static List<JsonObject> lines() {
        try (InputStream stream = Objects.requireNonNull(EffectsTest.class.getResourceAsStream("observed.jsonl"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
