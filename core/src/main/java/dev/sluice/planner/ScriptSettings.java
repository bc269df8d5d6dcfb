package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Schema;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a script sets for the statements behind it. The steps of a plan run in transactions and sessions of their own: a search
 * path at the beginning becomes that of the plan, what changes no outcome is left out, and the rest is refused. Pure.
 */
public final class ScriptSettings {

    /** They decide how long something takes, what is logged, or whether it is checked now. */
    private static final Set<String> WITHOUT_OUTCOME = Set.of(
            "lock_timeout",
            "statement_timeout",
            "transaction_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "deadlock_timeout",
            "application_name",
            "check_function_bodies",
            "client_min_messages",
            "commit_delay",
            "escape_string_warning",
            "jit",
            "maintenance_work_mem",
            "row_security",
            "synchronous_commit",
            "temp_buffers",
            "transaction",
            "session characteristics",
            "work_mem",
            "xmloption");

    private static final List<String> TUNING =
            List.of("auto_explain.", "enable_", "jit_", "log_", "max_parallel_", "parallel_", "vacuum_");

    /** For definitions that the server has taken before: what a body names may be gone since. */
    public static final String WITHOUT_BODY_CHECKS = "SET LOCAL check_function_bodies TO off";

    private static final Set<String> OFF = Set.of("off", "false", "no", "0");

    private ScriptSettings() {}

    /** The catalog with the search path that the script begins with, where that names what there is. */
    static Catalog catalog(PlanRequest request) {
        return request.up().statements().stream()
                .takeWhile(ScriptSettings::isSetting)
                .filter(s -> isSetOf(s, "search_path"))
                .findFirst()
                .flatMap(s -> schemas(s, request.catalog()))
                .map(request.catalog()::withSearchPath)
                .orElse(request.catalog());
    }

    /** @throws ChangeRefused for a SET that the steps of a plan would run without */
    static void require(Statement statement, Draft draft) {
        Node node = statement.node();
        if (!node.is("VariableSetStmt")) {
            return;
        }
        Change change = Change.of(statement).get(0);
        String name = node.text("name").toLowerCase(Locale.ROOT);
        List<Statement> before = draft.request().up().statements().stream()
                .filter(s -> s.start() < statement.start())
                .toList();
        if (!node.text("kind").equals("VAR_SET_VALUE") && !node.text("kind").equals("VAR_SET_MULTI")) {
            requireEnd(change, draft, statement, name);
        } else if (name.equals("search_path")) {
            boolean first = before.stream().allMatch(s -> isSetting(s) && !isSetOf(s, "search_path"));
            if (!first || schemas(statement, draft.catalog()).isEmpty()) {
                throw draft.refuse(
                        change,
                        "search-path-in-script",
                        first
                                ? "this search_path names no schema that there is yet"
                                : "statements before this one have another search_path, and a plan has one for all",
                        "Write the schema in front of the names, or set the path once, as the first statement.");
            }
        } else {
            requireWithoutOutcome(change, draft, name, values(node));
        }
    }

    /**
     * What has to run in front of a statement that makes a function: nothing, or the script's own
     * {@code SET check_function_bodies = off}, under which a body may name what comes later.
     */
    public static List<String> forFunction(Statement create, Draft draft) {
        return draft.request().up().statements().stream()
                        .takeWhile(s -> s.start() < create.start())
                        .filter(ScriptSettings::setsBodyChecks)
                        .reduce((earlier, later) -> later)
                        .filter(set -> values(set.node()).stream().anyMatch(OFF::contains))
                        .isPresent()
                ? List.of(WITHOUT_BODY_CHECKS)
                : List.of();
    }

    /** The same for {@code SELECT set_config(name, value, …)}. */
    public static void requireLeftOut(Change change, Draft draft, Node call) {
        List<Node> arguments = call.list("args");
        Optional<String> name = arguments.isEmpty() ? Optional.empty() : constant(arguments.get(0));
        Optional<String> value = arguments.size() < 2 ? Optional.empty() : constant(arguments.get(1));
        boolean path = name.filter(n -> n.equalsIgnoreCase("search_path")).isPresent();
        if (path && value.filter(String::isEmpty).isPresent()) {
            return; // as pg_dump writes it, in front of names that all have their schema
        }
        if (path || name.isEmpty() || value.isEmpty()) {
            throw draft.refuse(
                    change,
                    "search-path-in-script",
                    "set_config is left out of a plan, and the statements behind it may need it",
                    "Write SET search_path = … as the first statement, or the schema in front of the names.");
        }
        requireWithoutOutcome(change, draft, name.get().toLowerCase(Locale.ROOT), List.of(value.get()));
    }

    /** Back to what it was: nothing is left out when nothing comes behind it. */
    private static void requireEnd(Change change, Draft draft, Statement statement, String name) {
        boolean more = draft.request().up().statements().stream()
                .anyMatch(s -> s.start() > statement.start() && !isSetting(s));
        boolean all = name.isEmpty();
        boolean hasPath = draft.request().up().statements().stream()
                .anyMatch(s -> s.start() < statement.start() && isSetOf(s, "search_path"));
        if (more && hasPath && (all || name.equals("search_path"))) {
            throw draft.refuse(
                    change,
                    "search-path-in-script",
                    "statements behind this one have another search_path, and a plan has one for all",
                    "Write the schema in front of the names.");
        }
    }

    private static void requireWithoutOutcome(Change change, Draft draft, String name, List<String> values) {
        String value = String.join(", ", values).toLowerCase(Locale.ROOT);
        boolean without = WITHOUT_OUTCOME.contains(name)
                || TUNING.stream().anyMatch(name::startsWith)
                || name.startsWith("default_transaction_")
                || switch (name) {
                    case "client_encoding" -> value.replace("-", "").equals("utf8");
                    case "standard_conforming_strings" -> value.equals("on") || value.equals("true");
                    case "default_tablespace" -> value.isEmpty();
                    case "default_table_access_method" -> value.equals("heap");
                    case "default_with_oids" -> value.equals("off") || value.equals("false");
                    default -> false;
                };
        if (!without) {
            draft.refuseUnlessAllowed(
                    change,
                    "setting-in-script",
                    "in a plain run SET " + name
                            + " holds for the statements behind it; the steps of a plan run in sessions of"
                            + " their own, without it",
                    name.equals("role") || name.equals("session_authorization")
                            ? "Run Sluice as that role, and take the statement out."
                            : "Write what depends on it into the statements (a time with its zone), or set it where sessions"
                                    + " begin: ALTER ROLE … SET " + name + ".");
        }
    }

    private static Optional<List<String>> schemas(Statement set, Catalog catalog) {
        Set<String> there = catalog.schemas().stream().map(Schema::name).collect(Collectors.toSet());
        List<String> path = values(set.node()).stream()
                .map(name -> name.equals("$user") ? catalog.currentUser() : name)
                .filter(there::contains)
                .distinct()
                .toList();
        return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    private static List<String> values(Node set) {
        List<String> values = new ArrayList<>();
        for (Node argument : set.list("args")) {
            values.add(constant(argument).orElse(""));
        }
        return values;
    }

    private static Optional<String> constant(Node node) {
        if (node.get("sval").has("sval")) {
            return Optional.of(node.get("sval").text("sval"));
        }
        if (node.has("sval")) {
            return Optional.of("");
        }
        return node.has("ival") ? Optional.of(String.valueOf(node.get("ival").number("ival"))) : Optional.empty();
    }

    private static boolean isSetting(Statement statement) {
        return statement.node().is("VariableSetStmt") || statement.node().is("TransactionStmt");
    }

    private static boolean setsBodyChecks(Statement statement) {
        return statement.node().is("VariableSetStmt")
                && Set.of("", "check_function_bodies")
                        .contains(statement.node().text("name").toLowerCase(Locale.ROOT));
    }

    private static boolean isSetOf(Statement statement, String name) {
        return statement.node().is("VariableSetStmt")
                && statement.node().text("name").equalsIgnoreCase(name)
                && statement.node().text("kind").equals("VAR_SET_VALUE");
    }
}
