package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownFunction;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a default has to be computed for each row. PostgreSQL asks whether the expression is volatile after SQL functions
 * were inlined ({@code contain_volatile_functions} in clauses.c).
 */
final class Volatility {

    /** What is declared VOLATILE in {@code pg_proc} of PostgreSQL 18 and stands in defaults, and in its own extensions. */
    private static final Set<String> VOLATILE = Set.of(
            "random",
            "random_normal",
            "clock_timestamp",
            "timeofday",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "pg_sleep",
            "lo_create",
            "lo_creat",
            "pg_notify",
            "set_config",
            "gen_random_bytes",
            "gen_salt",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4");

    private Volatility() {}

    static boolean isVolatile(Node expression, KnownSchema schema, Impact impact) {
        return expression.all("FuncCall").stream().anyMatch(call -> isVolatileCall(call, schema, impact));
    }

    private static boolean isVolatileCall(Node call, KnownSchema schema, Impact impact) {
        List<String> name = call.strings("funcname");
        String last = name.get(name.size() - 1).toLowerCase(Locale.ROOT);
        return schema.function(name)
                .map(function -> isVolatile(function, impact, last))
                .orElseGet(() -> VOLATILE.contains(last));
    }

    private static boolean isVolatile(KnownFunction function, Impact impact, String name) {
        if (function.volatility() != KnownFunction.Volatility.VOLATILE) {
            return false;
        }
        if (function.language().equals("sql")) {
            String body = function.body().toLowerCase(Locale.ROOT);
            if (VOLATILE.stream().noneMatch(body::contains)) {
                impact.doubt("whether PostgreSQL inlines the function " + name);
                return false;
            }
        }
        return true;
    }
}
