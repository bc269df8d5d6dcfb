package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Table;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Functions that sessions have compiled over a column. A session that has called a PL/pgSQL function keeps the plans of its
 * expressions, and a field of a row variable (NEW and OLD of a trigger) whose type changes then fails in it: "type of parameter 14
 * (bigint) does not match that when preparing the plan (smallint)", at each call until the session ends (tried on 14 to 18). A
 * pool keeps such sessions for hours. PL/pgSQL compiles a function anew when its row of pg_proc is another one ("Plan Caching"
 * says for what else it does), so an ALTER that changes nothing, in the transaction of the type, is enough for all sessions.
 */
public final class CompiledFunctions {

    private CompiledFunctions() {}

    /** Makes sessions compile what reads the columns anew; none when no function does. Other roles' functions stay as they are. */
    public static List<String> anew(Catalog catalog, Table table, Collection<String> columns) {
        return anew(over(catalog, table, columns));
    }

    /** The same for what names a type: its variables are of the type that had the name when the session compiled them. */
    public static List<String> anewForType(Catalog catalog, String type) {
        return anew(catalog.functions().stream()
                .filter(f -> isCompiled(f) && words(f).contains(type))
                .toList());
    }

    private static List<String> anew(List<Routine> routines) {
        String functions = routines.stream()
                .map(f -> "(" + Identifier.literal(f.name().schema()) + ", "
                        + Identifier.literal(f.name().name()) + ", " + Identifier.literal(f.arguments()) + ")")
                .collect(Collectors.joining(", "));
        return functions.isEmpty()
                ? List.of()
                : List.of("DO "
                        + DollarQuote.of("\n-- sessions compile these anew: they know the column's other type"
                                + "\nDECLARE known record;\nBEGIN\n"
                                + "  FOR known IN SELECT p.oid::pg_catalog.regprocedure AS name, p.prosecdef\n"
                                + "    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace\n"
                                + "    WHERE (n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) IN ("
                                + functions + ")\n"
                                + "    AND pg_catalog.pg_has_role(p.proowner, 'USAGE')\n  LOOP\n"
                                + "    EXECUTE pg_catalog.format('ALTER ROUTINE %s SECURITY %s', known.name,\n"
                                + "      CASE WHEN known.prosecdef THEN 'DEFINER' ELSE 'INVOKER' END);\n"
                                + "  END LOOP;\nEND "));
    }

    private static boolean isCompiled(Routine routine) {
        return routine.language().equals("plpgsql");
    }

    /** Trigger functions of the table and its partitions, and those that name the table or have its row type. */
    static List<Routine> over(Catalog catalog, Table table, Collection<String> columns) {
        Set<QualifiedName> triggers = new LinkedHashSet<>();
        catalog.withDescendants(table).forEach(t -> t.triggers().forEach(trigger -> triggers.add(trigger.function())));
        return catalog.functions().stream()
                .filter(CompiledFunctions::isCompiled)
                .filter(f -> {
                    Set<String> words = words(f);
                    return !Collections.disjoint(words, columns)
                            && (triggers.contains(f.name())
                                    || f.rowTypes().contains(table.name())
                                    || words.contains(table.name().name()));
                })
                .toList();
    }

    /** Whether a trigger function looks at NEW or OLD as a whole: {@code to_jsonb(NEW)}, {@code OLD.*}; returning it does not count. */
    static boolean usesWholeRow(Routine routine) {
        List<Tokens.Token> tokens = Tokens.of(routine.body());
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).isWord("new") && !tokens.get(i).isWord("old")) {
                continue;
            }
            boolean returned = i > 0 && tokens.get(i - 1).isWord("return");
            boolean field = i + 1 < tokens.size() && tokens.get(i + 1).is(".");
            boolean all = field && i + 2 < tokens.size() && tokens.get(i + 2).is("*");
            if (!returned && (!field || all)) {
                return true;
            }
        }
        return false;
    }

    /** Columns that a trigger function gives another value: {@code NEW.a := …}, with {@code =} too, which may also be a comparison. */
    public static Set<String> assigned(Routine routine) {
        List<Tokens.Token> tokens = Tokens.of(routine.body());
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).isWord("new")
                    && tokens.get(i + 1).is(".")
                    && (tokens.get(i + 3).is(":") || tokens.get(i + 3).is("="))) {
                columns.add(tokens.get(i + 2).identifier());
            }
        }
        return columns;
    }

    /** Every name in the body. */
    static Set<String> words(Routine routine) {
        return Tokens.of(routine.body()).stream()
                .filter(t -> t.kind() == Tokens.Kind.WORD || t.kind() == Tokens.Kind.QUOTED)
                .map(Tokens.Token::identifier)
                .collect(Collectors.toSet());
    }
}
