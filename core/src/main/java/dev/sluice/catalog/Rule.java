package dev.sluice.catalog;

import dev.sluice.sql.Identifier;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rewrite rule other than the {@code _RETURN} rule of a view; {@code definition} is {@code pg_get_ruledef}. */
public record Rule(String name, String definition, FiringMode firing, Optional<String> comment) {

    private static final Pattern EVENT = Pattern.compile("\\bON (SELECT|INSERT|UPDATE|DELETE) TO ");

    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(firing, "firing");
        Objects.requireNonNull(comment, "comment");
    }

    /** The command it acts on, as the definition has it: INSERT, UPDATE or DELETE. */
    public String event() {
        Matcher on = EVENT.matcher(definition);
        if (!on.find("CREATE RULE ".length() + Identifier.quote(name).length())) {
            throw new IllegalStateException("no event in: " + definition);
        }
        return on.group(1);
    }
}
