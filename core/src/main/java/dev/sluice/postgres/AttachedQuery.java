package dev.sluice.postgres;

import dev.sluice.catalog.Policy;
import dev.sluice.catalog.Rule;
import dev.sluice.catalog.Trigger;
import dev.sluice.catalog.Trigger.Event;
import dev.sluice.catalog.Trigger.Timing;
import dev.sluice.db.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what hangs on a relation besides columns, constraints and indexes: triggers, rules and policies. */
final class AttachedQuery {

    // tgtype: ROW 1, BEFORE 2, INSERT 4, DELETE 8, UPDATE 16, TRUNCATE 32, INSTEAD 64 (catalog/pg_trigger.h)
    // PostgreSQL 14 calls the clones on partitions internal too; those of foreign keys have a constraint that is no
    // trigger's
    private static final String TRIGGERS = """
            SELECT t.tgrelid, t.tgname, t.tgtype, pg_get_triggerdef(t.oid),
                   ARRAY(SELECT a.attname FROM unnest(t.tgattr::int2[]) WITH ORDINALITY k(num, pos)
                         JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.num ORDER BY k.pos),
                   t.tgqual IS NOT NULL, fn.nspname, f.proname, t.tgenabled, t.tgconstraint <> 0, t.tgparentid <> 0,
                   d.description, t.oid
            FROM pg_trigger t
            JOIN pg_proc f ON f.oid = t.tgfoid
            JOIN pg_namespace fn ON fn.oid = f.pronamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
            LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint AND k.contype = 't'
            WHERE NOT t.tgisinternal OR (t.tgparentid <> 0 AND (t.tgconstraint = 0 OR k.oid IS NOT NULL))
            ORDER BY t.tgrelid, t.tgname""";

    private static final String RULES = """
            SELECT r.ev_class, r.rulename, pg_get_ruledef(r.oid), r.ev_enabled, d.description, r.oid
            FROM pg_rewrite r
            JOIN pg_class c ON c.oid = r.ev_class
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid AND d.objsubid = 0
            WHERE NOT (r.rulename = '_RETURN' AND r.ev_type = '1') AND n.nspname = ANY (?)
            ORDER BY r.ev_class, r.rulename""";

    private static final String POLICIES = """
            SELECT p.polrelid, p.polname, p.polcmd, p.polpermissive,
                   ARRAY(SELECT CASE r WHEN 0 THEN '' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) r ORDER BY 1),
                   pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), d.description, p.oid
            FROM pg_policy p
            LEFT JOIN pg_description d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid AND d.objsubid = 0
            ORDER BY p.polrelid, p.polname""";

    /** A part of a relation, with its own object id. */
    record Part<T>(long oid, long relation, T value) {}

    private final List<Part<Trigger>> triggers;
    private final List<Part<Rule>> rules;
    private final List<Part<Policy>> policies;
    private final Map<Long, List<Trigger>> triggersByRelation;
    private final Map<Long, List<Rule>> rulesByRelation;
    private final Map<Long, List<Policy>> policiesByRelation;

    private AttachedQuery(List<Part<Trigger>> triggers, List<Part<Rule>> rules, List<Part<Policy>> policies) {
        this.triggers = triggers;
        this.rules = rules;
        this.policies = policies;
        this.triggersByRelation = byRelation(triggers);
        this.rulesByRelation = byRelation(rules);
        this.policiesByRelation = byRelation(policies);
    }

    static AttachedQuery read(Reading reading) {
        return new AttachedQuery(
                reading.ofRelations(TRIGGERS, AttachedQuery::trigger),
                reading.ofRelations(RULES, AttachedQuery::rule, reading.schemas()),
                reading.ofRelations(POLICIES, AttachedQuery::policy));
    }

    List<Part<Trigger>> allTriggers() {
        return triggers;
    }

    List<Part<Rule>> allRules() {
        return rules;
    }

    List<Part<Policy>> allPolicies() {
        return policies;
    }

    List<Trigger> triggers(long relation) {
        return triggersByRelation.getOrDefault(relation, List.of());
    }

    List<Rule> rules(long relation) {
        return rulesByRelation.getOrDefault(relation, List.of());
    }

    List<Policy> policies(long relation) {
        return policiesByRelation.getOrDefault(relation, List.of());
    }

    private static <T> Map<Long, List<T>> byRelation(List<Part<T>> parts) {
        Map<Long, List<T>> byRelation = new HashMap<>();
        for (Part<T> part : parts) {
            byRelation
                    .computeIfAbsent(part.relation(), oid -> new ArrayList<>())
                    .add(part.value());
        }
        return byRelation;
    }

    private static Part<Trigger> trigger(Row row) {
        int type = row.integer(3);
        Trigger trigger = new Trigger(
                row.text(2),
                (type & 64) != 0 ? Timing.INSTEAD_OF : (type & 2) != 0 ? Timing.BEFORE : Timing.AFTER,
                events(type),
                (type & 1) != 0,
                row.text(4),
                row.texts(5),
                row.bool(6),
                Reading.name(row, 7),
                Reading.firing(row.text(9)),
                row.bool(10),
                row.bool(11),
                row.textIfAny(12));
        return new Part<>(row.number(13), row.number(1), trigger);
    }

    private static Set<Event> events(int type) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        if ((type & 4) != 0) {
            events.add(Event.INSERT);
        }
        if ((type & 8) != 0) {
            events.add(Event.DELETE);
        }
        if ((type & 16) != 0) {
            events.add(Event.UPDATE);
        }
        if ((type & 32) != 0) {
            events.add(Event.TRUNCATE);
        }
        return events;
    }

    private static Part<Rule> rule(Row row) {
        Rule rule = new Rule(row.text(2), row.text(3), Reading.firing(row.text(4)), row.textIfAny(5));
        return new Part<>(row.number(6), row.number(1), rule);
    }

    private static Part<Policy> policy(Row row) {
        Policy policy = new Policy(
                row.text(2),
                command(row.text(3)),
                row.bool(4),
                row.texts(5),
                row.textIfAny(6),
                row.textIfAny(7),
                row.textIfAny(8));
        return new Part<>(row.number(9), row.number(1), policy);
    }

    private static String command(String letter) {
        return switch (letter) {
            case "r" -> "SELECT";
            case "a" -> "INSERT";
            case "w" -> "UPDATE";
            case "d" -> "DELETE";
            default -> "ALL";
        };
    }
}
