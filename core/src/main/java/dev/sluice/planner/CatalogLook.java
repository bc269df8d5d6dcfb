package dev.sluice.planner;

import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query that asks whether one thing is there, understood as a whole: {@code SELECT … FROM pg_constraint WHERE conname =
 * 'small' AND conrelid = 'accounts'::regclass}. Only equality with one text each, joined by AND; anything else could make
 * the answer another one, and is no look.
 *
 * @param catalog the catalog or view of PostgreSQL that it reads
 * @param conditions what it compares, and with which texts; {@link #CURRENT_SCHEMA} for the function of that name
 */
record CatalogLook(SystemView catalog, Map<Subject, Set<String>> conditions) {

    static final String CURRENT_SCHEMA = "current_schema()";

    /** What a column of a system catalog says of the thing in its row. */
    enum Subject {
        NAME,
        TABLE,
        SCHEMA
    }

    /** What kind of thing has a row. */
    enum Kind {
        TYPE,
        TABLE,
        SEQUENCE,
        INDEX,
        COLUMN,
        CONSTRAINT,
        POLICY,
        TRIGGER,
        EXTENSION
    }

    /**
     * A system catalog or view with a row for each thing of some kinds (PostgreSQL documentation, "System Catalogs",
     * "System Views", "The Information Schema"). The empty string is for a column that it lacks.
     */
    enum SystemView {
        PG_TYPE(Set.of(Kind.TYPE), "typname", "", "typnamespace"),
        PG_CLASS(Set.of(Kind.TABLE, Kind.SEQUENCE, Kind.INDEX), "relname", "", "relnamespace"),
        PG_TABLES(Set.of(Kind.TABLE), "tablename", "", "schemaname"),
        PG_SEQUENCES(Set.of(Kind.SEQUENCE), "sequencename", "", "schemaname"),
        PG_INDEXES(Set.of(Kind.INDEX), "indexname", "tablename", "schemaname"),
        PG_ATTRIBUTE(Set.of(Kind.COLUMN), "attname", "attrelid", ""),
        PG_CONSTRAINT(Set.of(Kind.CONSTRAINT), "conname", "conrelid", "connamespace"),
        PG_POLICY(Set.of(Kind.POLICY), "polname", "polrelid", ""),
        PG_POLICIES(Set.of(Kind.POLICY), "policyname", "tablename", "schemaname"),
        PG_TRIGGER(Set.of(Kind.TRIGGER), "tgname", "tgrelid", ""),
        PG_EXTENSION(Set.of(Kind.EXTENSION), "extname", "", ""),
        TABLES(Set.of(Kind.TABLE), "table_name", "", "table_schema"),
        SEQUENCES(Set.of(Kind.SEQUENCE), "sequence_name", "", "sequence_schema"),
        COLUMNS(Set.of(Kind.COLUMN), "column_name", "table_name", "table_schema"),
        TABLE_CONSTRAINTS(Set.of(Kind.CONSTRAINT), "constraint_name", "table_name", "table_schema");

        private final Set<Kind> kinds;
        private final Map<String, Subject> columns;

        SystemView(Set<Kind> kinds, String name, String table, String schema) {
            this.kinds = kinds;
            this.columns = Map.of(
                    name,
                    Subject.NAME,
                    table.isEmpty() ? "no table" : table,
                    Subject.TABLE,
                    schema.isEmpty() ? "no schema" : schema,
                    Subject.SCHEMA);
        }

        boolean shows(Kind kind) {
            return kinds.contains(kind);
        }

        static Optional<SystemView> of(Node relation) {
            String schema = relation.text("schemaname");
            String name = relation.text("relname");
            boolean standard = schema.equals("information_schema");
            if (!standard && !(name.startsWith("pg_") && (schema.isEmpty() || schema.equals("pg_catalog")))) {
                return Optional.empty();
            }
            for (SystemView view : values()) {
                if (view.name().equalsIgnoreCase(name) && view.name().startsWith("PG_") != standard) {
                    return Optional.of(view);
                }
            }
            return Optional.empty();
        }
    }

    /** Fields of a SELECT that leave "is there a row" what the conditions make it. */
    private static final Set<String> HARMLESS = Set.of("targetList", "fromClause", "whereClause", "limitOption", "op");

    CatalogLook {
        conditions = Map.copyOf(conditions);
    }

    /** What it asks of a subject, all at once; empty when it does not say. */
    Set<String> of(Subject subject) {
        return conditions.getOrDefault(subject, Set.of());
    }

    /** Empty for a query that is anything else. */
    static Optional<CatalogLook> of(Node select) {
        if (!select.is("SelectStmt")
                || !HARMLESS.containsAll(select.fields().keySet())
                || !select.text("op").equals("SETOP_NONE")
                || select.list("targetList").stream().anyMatch(CatalogLook::mayAggregate)) {
            return Optional.empty();
        }
        return new Reading().look(select);
    }

    /** An aggregate has a row even where nothing is found. */
    private static boolean mayAggregate(Node target) {
        Node value = target.get("val");
        return !value.is("A_Const") && !value.is("ColumnRef");
    }

    private static final class Reading {
        private final List<Node> relations = new ArrayList<>();
        private final List<Node> terms = new ArrayList<>();
        private final Map<Subject, Set<String>> conditions = new EnumMap<>(Subject.class);

        Optional<CatalogLook> look(Node select) {
            List<Node> from = select.list("fromClause");
            if (from.size() != 1 || !relation(from.get(0)) || !conjunction(select.get("whereClause"))) {
                return Optional.empty();
            }
            Optional<SystemView> view = SystemView.of(relations.get(0));
            if (view.isEmpty() || !joinsFit(view.get())) {
                return Optional.empty();
            }
            for (Node term : terms) {
                if (!isJoin(term) && !term(term, view.get())) {
                    return Optional.empty();
                }
            }
            return conditions.containsKey(Subject.NAME)
                    ? Optional.of(new CatalogLook(view.get(), conditions))
                    : Optional.empty();
        }

        /** The catalog, and the ones that are joined to it for the names of its table and its schema. */
        private boolean relation(Node from) {
            if (from.is("RangeVar")) {
                return relations.add(from);
            }
            return from.is("JoinExpr")
                    && from.text("jointype").equals("JOIN_INNER")
                    && !from.flag("isNatural")
                    && from.has("quals")
                    && relation(from.get("larg"))
                    && from.get("rarg").is("RangeVar")
                    && relation(from.get("rarg"))
                    && conjunction(from.get("quals"));
        }

        /** One pg_namespace for the schema, one pg_class for the table, each by its oid, each once. */
        private boolean joinsFit(SystemView view) {
            Set<Subject> joined = new HashSet<>();
            for (Node other : relations.subList(1, relations.size())) {
                Optional<Subject> subject = subjectOf(other);
                if (subject.isEmpty() || !joined.add(subject.get())) {
                    return false;
                }
                String oid = alias(other) + ".oid";
                boolean byOid = terms.stream().filter(Reading::isJoin).anyMatch(term -> {
                    String left = qualified(term.get("lexpr"));
                    String right = qualified(term.get("rexpr"));
                    String with = left.equals(oid) ? right : right.equals(oid) ? left : "";
                    String column = with.substring(with.indexOf('.') + 1);
                    return (with.equals(column) || with.equals(alias(relations.get(0)) + "." + column))
                            && view.columns.get(column) == subject.get();
                });
                if (!byOid) {
                    return false;
                }
            }
            return terms.stream().filter(Reading::isJoin).count() == relations.size() - 1;
        }

        private static Optional<Subject> subjectOf(Node relation) {
            String schema = relation.text("schemaname");
            if (!schema.isEmpty() && !schema.equals("pg_catalog")) {
                return Optional.empty();
            }
            return switch (relation.text("relname")) {
                case "pg_class" -> Optional.of(Subject.TABLE);
                case "pg_namespace" -> Optional.of(Subject.SCHEMA);
                default -> Optional.empty();
            };
        }

        private static String alias(Node relation) {
            return relation.find("alias")
                    .map(alias -> alias.text("aliasname"))
                    .orElseGet(() -> relation.text("relname"));
        }

        private boolean conjunction(Node condition) {
            if (condition.is("BoolExpr") && condition.text("boolop").equals("AND_EXPR")) {
                return condition.list("args").stream().allMatch(this::conjunction);
            }
            return condition.is("A_Expr")
                    && condition.text("kind").equals("AEXPR_OP")
                    && condition.strings("name").equals(List.of("="))
                    && terms.add(condition);
        }

        private static boolean isJoin(Node term) {
            return term.get("lexpr").is("ColumnRef") && term.get("rexpr").is("ColumnRef");
        }

        private boolean term(Node term, SystemView view) {
            boolean columnFirst = term.get("lexpr").is("ColumnRef");
            Optional<Subject> subject = subject(qualified(term.get(columnFirst ? "lexpr" : "rexpr")), view);
            Node value = term.get(columnFirst ? "rexpr" : "lexpr");
            return subject.isPresent() && (isCast(value) ? named(subject.get(), value) : text(subject.get(), value));
        }

        private static boolean isCast(Node value) {
            return value.is("TypeCast");
        }

        /** {@code 'public.users'::regclass} and {@code 'public'::regnamespace}: names as SQL writes them. */
        private boolean named(Subject subject, Node cast) {
            List<String> type = cast.get("typeName").strings("names");
            List<Token> parts = Tokens.of(cast.get("arg").get("sval").text("sval"));
            boolean names = parts.stream()
                    .allMatch(p -> p.is(".") || p.kind() == Tokens.Kind.WORD || p.kind() == Tokens.Kind.QUOTED);
            if (!names || !type.equals(List.of(subject == Subject.TABLE ? "regclass" : "regnamespace"))) {
                return false;
            }
            boolean qualified = parts.size() == 3 && parts.get(1).is(".") && subject == Subject.TABLE;
            if (qualified && !add(Subject.SCHEMA, parts.get(0).identifier())) {
                return false;
            }
            return (qualified || parts.size() == 1)
                    && add(subject, parts.get(parts.size() - 1).identifier());
        }

        private boolean text(Subject subject, Node value) {
            if (value.is("SQLValueFunction") && value.text("op").equals("SVFOP_CURRENT_SCHEMA")
                    || value.is("FuncCall")
                            && value.strings("funcname").equals(List.of("current_schema"))
                            && value.list("args").isEmpty()) {
                return add(subject, CURRENT_SCHEMA);
            }
            return value.is("A_Const")
                    && value.has("sval")
                    && add(subject, value.get("sval").text("sval"));
        }

        private boolean add(Subject subject, String value) {
            conditions.computeIfAbsent(subject, s -> new HashSet<>()).add(value);
            return true;
        }

        /** Which of them a column says; a name of a joined catalog's own column is that of the table or the schema. */
        private Optional<Subject> subject(String column, SystemView view) {
            String name = column.substring(column.indexOf('.') + 1);
            String owner = column.equals(name) ? "" : column.substring(0, column.indexOf('.'));
            for (Node other : relations.subList(1, relations.size())) {
                Subject joined = subjectOf(other).orElseThrow();
                if (name.equals(joined == Subject.TABLE ? "relname" : "nspname")
                        && (owner.isEmpty() || owner.equals(alias(other)))) {
                    return Optional.of(joined);
                }
            }
            return owner.isEmpty() || owner.equals(alias(relations.get(0)))
                    ? Optional.ofNullable(view.columns.get(name))
                    : Optional.empty();
        }

        /** {@code owner.column} or {@code column}; the empty string for anything else. */
        private static String qualified(Node column) {
            List<Node> fields = column.list("fields");
            return column.is("ColumnRef")
                            && !fields.isEmpty()
                            && fields.size() <= 2
                            && fields.stream().allMatch(field -> field.is("String"))
                    ? String.join(".", column.strings("fields"))
                    : "";
        }
    }
}
