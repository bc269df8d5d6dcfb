package dev.sluice.postgres.op;

import dev.sluice.catalog.Routine;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which function a statement means. Pure. */
final class Functions {

    private Functions() {}

    /**
     * The types of a function's input arguments.
     *
     * @param types as {@code format_type} prints them, without schema
     * @param sql as SQL
     */
    record Signature(List<String> types, String sql) {
        Signature {
            types = List.copyOf(types);
        }
    }

    /** Of CREATE FUNCTION. */
    static Signature of(Node create) {
        return signature(create.list("parameters").stream()
                .filter(p -> !Set.of("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE").contains(p.text("mode")))
                .map(p -> p.get("argType"))
                .toList());
    }

    static Signature signature(List<Node> types) {
        return new Signature(
                types.stream().map(ObjectNames::type).toList(),
                types.stream().map(Functions::sql).collect(Collectors.joining(", ")));
    }

    static Optional<Routine> find(List<Routine> overloads, Signature signature) {
        return overloads.stream()
                .filter(r -> types(r.arguments()).equals(signature.types))
                .findFirst();
    }

    static String sql(Node type) {
        return type.strings("names").stream().map(Identifier::quote).collect(Collectors.joining("."))
                + "[]".repeat(type.list("arrayBounds").size());
    }

    /** {@code a integer, VARIADIC b text[]} as {@code integer, text[]}. */
    private static List<String> types(String arguments) {
        List<String> types = new ArrayList<>();
        int from = 0;
        List<Tokens.Token> tokens = Tokens.of(arguments);
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(",") && tokens.get(i).depth() == 0) {
                if (i > from && !tokens.get(from).isWord("out")) {
                    types.add(type(arguments, tokens.subList(from, i)));
                }
                from = i + 1;
            }
        }
        return types;
    }

    /** The name before the type is there or not; types of several words are known. */
    private static String type(String arguments, List<Tokens.Token> argument) {
        int last = argument.get(argument.size() - 1).end();
        for (int words = Math.min(6, argument.size()); words >= 1; words--) {
            String text =
                    arguments.substring(argument.get(argument.size() - words).start(), last);
            if (Set.of(
                            "double precision",
                            "character varying",
                            "timestamp with time zone",
                            "timestamp without time zone",
                            "time with time zone",
                            "time without time zone",
                            "bit varying")
                    .contains(text.replace("[]", ""))) {
                return text;
            }
        }
        int name = argument.size() - 1;
        while (name > 0 && argument.get(name).kind() == Tokens.Kind.PUNCTUATION) {
            name--; // the brackets of an array
        }
        return arguments.substring(argument.get(name).start(), last);
    }
}
