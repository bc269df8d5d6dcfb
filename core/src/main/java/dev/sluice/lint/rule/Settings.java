package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file itself sets; what the tool or the role sets is not seen. Pure. */
final class Settings {

    private static final Pattern TIME = Pattern.compile("\\s*(-?\\d+)\\s*(us|ms|s|min|h|d)?\\s*");

    private Settings() {}

    /** Whether the file has set it, to whatever, for this statement. */
    static boolean isSet(Scene scene, String setting) {
        return value(scene, setting).isPresent();
    }

    /** A time that the file has set for this statement; 0 for none, and for what cannot be read. */
    static long milliseconds(Scene scene, String setting) {
        return value(scene, setting).map(Settings::milliseconds).orElse(0L);
    }

    static long milliseconds(String value) {
        Matcher time = TIME.matcher(value.toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            return 0;
        }
        long number = Long.parseLong(time.group(1));
        return switch (Optional.ofNullable(time.group(2)).orElse("ms")) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
    }

    /** The last SET before the statement that still holds: one with LOCAL ends with its transaction. */
    private static Optional<String> value(Scene scene, String setting) {
        boolean same = true;
        for (Node node : (Iterable<Node>) scene.settings()::iterator) {
            if (Surroundings.ends(node)) {
                same = false;
            }
            if (isReset(node, setting)) {
                return Optional.empty();
            }
            Optional<String> value = same || !isLocal(node) ? valueOf(node, setting) : Optional.empty();
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static boolean isReset(Node node, String setting) {
        return node.is("VariableSetStmt")
                && (node.text("kind").equals("VAR_RESET_ALL")
                        || List.of("VAR_RESET", "VAR_SET_DEFAULT").contains(node.text("kind"))
                                && node.text("name").equalsIgnoreCase(setting));
    }

    private static boolean isLocal(Node node) {
        return node.flag("is_local")
                || node.all("FuncCall").stream()
                        .filter(call -> call.strings("funcname").contains("set_config"))
                        .anyMatch(call -> call.list("args").size() == 3
                                && call.list("args").get(2).get("boolval").flag("boolval"));
    }

    /** What SET or {@code SELECT set_config(…)} gives it. */
    static Optional<String> valueOf(Node node, String setting) {
        if (node.is("VariableSetStmt")) {
            return node.text("kind").equals("VAR_SET_VALUE")
                            && node.text("name").equalsIgnoreCase(setting)
                    ? node.list("args").stream().findFirst().map(Settings::constant)
                    : Optional.empty();
        }
        return node.is("SelectStmt")
                ? node.all("FuncCall").stream()
                        .filter(call -> call.strings("funcname").contains("set_config"))
                        .map(call -> call.list("args"))
                        .filter(arguments -> arguments.size() > 1
                                && constant(arguments.get(0)).equalsIgnoreCase(setting))
                        .map(arguments -> constant(arguments.get(1)))
                        .findFirst()
                : Optional.empty();
    }

    private static String constant(Node node) {
        return node.has("sval")
                ? node.get("sval").text("sval")
                : String.valueOf(node.get("ival").number("ival"));
    }
}
