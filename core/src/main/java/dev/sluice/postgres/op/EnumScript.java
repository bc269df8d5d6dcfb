package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.planner.Change;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a script for enums that it makes anew, in whatever order it gives names away and takes them: CREATE TYPE with the
 * labels that are to be, ALTER COLUMN TYPE, a rename of either type or none, DROP TYPE of the old one. Prisma renames the
 * new type in the end, TypeORM the old one at the beginning, Drizzle neither: there the columns are text in between. Pure.
 */
final class EnumScript {

    private static final Set<String> TEXT = Set.of("text", "varchar");

    /** Which type a name means at some place of the script: one that was there, or one that a statement of it makes. */
    private sealed interface Meaning {

        record Before(QualifiedName name) implements Meaning {}

        record Nothing() implements Meaning {}

        record Made(int start) implements Meaning {}
    }

    /**
     * An enum made anew.
     *
     * @param name the type's name, before the script and after it
     * @param made the CREATE TYPE
     * @param conversions the changes of columns to it
     * @param parts all changes that are about the two types: also DROP TYPE and renames
     */
    record Anew(QualifiedName name, Change made, List<Conversion> conversions, List<Change> parts) {

        Anew {
            conversions = List.copyOf(conversions);
            parts = List.copyOf(parts);
        }

        List<String> labels() {
            return made.command().strings("vals");
        }
    }

    /**
     * One column that gets the new type.
     *
     * @param names what the two types are called at that place: true for the new one
     * @param over the change that makes the column a text before
     */
    record Conversion(Change change, Map<QualifiedName, Boolean> names, Optional<Change> over) {

        Conversion {
            names = Map.copyOf(names);
        }

        String column() {
            return change.command().text("name");
        }
    }

    /** A change of type, and what names mean at that place. */
    private record Converted(Change change, Map<QualifiedName, Meaning> meanings, Optional<Change> over) {}

    private final Catalog catalog;
    private final Map<QualifiedName, Meaning> meanings = new HashMap<>();
    private final Map<Meaning, List<Change>> parts = new HashMap<>();
    private final Map<Meaning.Made, Change> made = new LinkedHashMap<>();
    private final Map<Meaning.Made, List<Converted>> conversions = new HashMap<>();
    private final Set<Meaning> dropped = new HashSet<>();
    private final List<Change> texts = new ArrayList<>();

    private EnumScript(Catalog catalog) {
        this.catalog = catalog;
    }

    static List<Anew> of(Catalog catalog, List<Statement> statements) {
        boolean makesEnums =
                statements.stream().anyMatch(statement -> statement.node().is("CreateEnumStmt"));
        if (!makesEnums) {
            return List.of();
        }
        EnumScript script = new EnumScript(catalog);
        statements.forEach(statement -> Change.of(statement).forEach(script::read));
        return script.anew();
    }

    private void read(Change change) {
        Node node = change.command();
        switch (change.kind()) {
            case "CreateEnumStmt" -> {
                Meaning.Made fresh = new Meaning.Made(change.start());
                meanings.put(ObjectNames.toCreate(catalog, node.strings("typeName")), fresh);
                made.put(fresh, change);
                part(fresh, change);
            }
            case "RenameStmt" -> {
                if (node.text("renameType").equals("OBJECT_TYPE")) {
                    QualifiedName before = resolve(node.get("object").strings("items"));
                    Meaning meaning = meaning(before);
                    meanings.put(before, new Meaning.Nothing());
                    meanings.put(before.withName(node.text("newname")), meaning);
                    part(meaning, change);
                }
            }
            case "DropStmt" -> {
                if (node.text("removeType").equals("OBJECT_TYPE")
                        && node.list("objects").size() == 1) {
                    Meaning meaning =
                            meaning(resolve(node.list("objects").get(0).strings("names")));
                    dropped.add(meaning);
                    part(meaning, change);
                }
            }
            case "AT_AlterColumnType" -> {
                Node type = node.get("def").get("typeName");
                if (meaning(resolve(type.strings("names"))) instanceof Meaning.Made fresh) {
                    conversions.computeIfAbsent(fresh, m -> new ArrayList<>()).add(conversion(change));
                    part(fresh, change);
                } else if (TEXT.contains(ObjectNames.last(type.strings("names")))) {
                    texts.add(change);
                }
            }
            default -> {}
        }
    }

    private Converted conversion(Change change) {
        Optional<Change> over = texts.stream()
                .filter(text -> isSame(text.relation(), change.relation())
                        && text.command().text("name").equals(change.command().text("name")))
                .findFirst();
        return new Converted(change, Map.copyOf(meanings), over);
    }

    private static Conversion conversion(Converted converted, QualifiedName name, Meaning old, Meaning fresh) {
        Map<QualifiedName, Boolean> names = new HashMap<>();
        if (!converted.meanings.containsKey(name)) {
            names.put(name, false);
        }
        converted.meanings.forEach((called, meaning) -> {
            if (meaning.equals(fresh) || meaning.equals(old)) {
                names.put(called, meaning.equals(fresh));
            }
        });
        return new Conversion(converted.change, names, converted.over);
    }

    private static boolean isSame(Node table, Node other) {
        return table.text("relname").equals(other.text("relname"))
                && table.text("schemaname").equals(other.text("schemaname"));
    }

    private List<Anew> anew() {
        List<Anew> found = new ArrayList<>();
        made.forEach((fresh, change) -> meanings.forEach((name, meaning) -> {
            Meaning old = new Meaning.Before(name);
            if (meaning.equals(fresh) && dropped.contains(old) && conversions.containsKey(fresh)) {
                List<Change> all = new ArrayList<>(parts.getOrDefault(fresh, List.of()));
                all.addAll(parts.getOrDefault(old, List.of()));
                List<Conversion> converted = conversions.getOrDefault(fresh, List.of()).stream()
                        .map(c -> conversion(c, name, old, fresh))
                        .toList();
                converted.forEach(c -> c.over().ifPresent(all::add));
                found.add(new Anew(name, change, converted, all));
            }
        }));
        return found;
    }

    private void part(Meaning meaning, Change change) {
        parts.computeIfAbsent(meaning, m -> new ArrayList<>()).add(change);
    }

    private Meaning meaning(QualifiedName name) {
        return meanings.getOrDefault(name, new Meaning.Before(name));
    }

    /** A name without a schema means what the script calls so by then, else what is there. */
    private QualifiedName resolve(List<String> parts) {
        Optional<String> schema = ObjectNames.schema(parts);
        String name = ObjectNames.last(parts);
        List<String> schemas = schema.map(List::of).orElse(catalog.searchPath());
        return schemas.stream()
                .map(candidate -> QualifiedName.of(candidate, name))
                .filter(candidate -> meanings.containsKey(candidate)
                        || catalog.type(candidate).isPresent())
                .findFirst()
                .orElse(ObjectNames.toCreate(catalog, parts));
    }
}
