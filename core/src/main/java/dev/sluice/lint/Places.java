package dev.sluice.lint;

import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where in a script statements of each type stand, so that who looks for some need not look at all: a rule that does so for each
 * statement of a long script would never end. Immutable.
 */
public final class Places {

    private static final int[] NONE = {};

    /** Calls of this function set what SET sets. */
    private static final String SET = "set_config";

    private static final String SETTINGS = "";

    private final Map<String, int[]> places = new HashMap<>();

    Places(List<Statement> statements) {
        Map<String, IntStream.Builder> found = new HashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            found.computeIfAbsent(statement.type(), type -> IntStream.builder()).add(i);
            for (String name : names(statement.node())) {
                found.computeIfAbsent(about(statement.type(), name), type -> IntStream.builder())
                        .add(i);
            }
            if (mayChangeSettings(statement)) {
                found.computeIfAbsent(SETTINGS, type -> IntStream.builder()).add(i);
            }
        }
        found.forEach((type, each) -> places.put(type, each.build().toArray()));
    }

    private static boolean mayChangeSettings(Statement statement) {
        return switch (statement.type()) {
            case "VariableSetStmt", "TransactionStmt" -> true;
            case "SelectStmt" -> statement.sql().toLowerCase(Locale.ROOT).contains(SET);
            default -> false;
        };
    }

    /** The last names of the relations, or of what is dropped, that a statement is about. */
    private static Set<String> names(Node node) {
        if (node.is("DropStmt")) {
            return node.list("objects").stream()
                    .map(Node::nameParts)
                    .filter(name -> !name.isEmpty())
                    .map(name -> name.get(name.size() - 1))
                    .collect(Collectors.toSet());
        }
        return Stream.of("relation", "view")
                .map(field -> node.get(field).text("relname"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What statements of a type about a name are kept under. */
    static String about(String type, String name) {
        return type + " " + name;
    }

    /** Places before one, in their order. */
    IntStream before(int place, Set<String> types) {
        return of(types, 0, place);
    }

    /** Places after one, in their order. */
    IntStream after(int place, Set<String> types) {
        return of(types, place + 1, Integer.MAX_VALUE);
    }

    /** Places before one, the last first, of what may change settings: SET, set_config, and the ends of transactions. */
    IntStream settingsBefore(int place) {
        int[] all = of(SETTINGS);
        int end = lowerBound(all, place);
        return IntStream.rangeClosed(1, end).map(i -> all[end - i]);
    }

    /** Places before one, the last first. */
    IntStream backwards(int place, String type) {
        int[] all = of(type);
        int end = lowerBound(all, place);
        return IntStream.rangeClosed(1, end).map(i -> all[end - i]);
    }

    private IntStream of(Set<String> types, int from, int to) {
        IntStream places = types.stream()
                .map(this::of)
                .filter(each -> each.length > 0)
                .flatMapToInt(each -> Arrays.stream(each, lowerBound(each, from), lowerBound(each, to)));
        return types.size() == 1 ? places : places.sorted();
    }

    private int[] of(String type) {
        int[] found = places.get(type);
        return found == null ? NONE : found;
    }

    /** How many of them are before a place. */
    private static int lowerBound(int[] places, int place) {
        int found = Arrays.binarySearch(places, place);
        return found >= 0 ? found : -found - 1;
    }
}
