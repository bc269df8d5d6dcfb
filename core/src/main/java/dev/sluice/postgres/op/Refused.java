package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What would stop the application or cannot be looked into: refused, or run as it is when a directive allows it. */
final class Refused implements Operation {

    private static final Set<String> OUTSIDE_TRANSACTION = Set.of(
            "VacuumStmt",
            "CreatedbStmt",
            "DropdbStmt",
            "CreateTableSpaceStmt",
            "DropTableSpaceStmt",
            "AlterSystemStmt");

    /** Why not, and what instead. */
    private record Verdict(String hazard, String reason, String advice) {}

    private static final Verdict REWRITE = new Verdict(
            "rewrite-maintenance",
            "it writes the whole table anew while nobody can read it",
            "Use pg_repack, or plain VACUUM outside migrations.");

    private static final Verdict OPAQUE = new Verdict(
            "opaque-sql",
            "Sluice cannot see what this statement does, nor take it back",
            "Write what it does as plain statements.");

    private static final Verdict OPAQUE_BLOCK = new Verdict(
            OPAQUE.hazard,
            OPAQUE.reason,
            OPAQUE.advice + " `sluice lint --observe` shows which tables it locks and rewrites on a private server.");

    private static final Map<String, Verdict> VERDICTS = Map.ofEntries(
            Map.entry(
                    "TruncateStmt",
                    new Verdict(
                            "truncate",
                            "TRUNCATE takes ACCESS EXCLUSIVE, is not seen consistently by running transactions, and cannot be taken back",
                            "Write DELETE FROM …, which Sluice runs in batches and can take back.")),
            Map.entry("VacuumStmt", REWRITE),
            Map.entry("ClusterStmt", REWRITE),
            Map.entry(
                    "LockStmt",
                    new Verdict(
                            "explicit-lock-table",
                            "an explicit lock stops the application for as long as the migration runs",
                            "Leave it out: every step takes the locks it needs, for as short as possible.")),
            Map.entry(
                    "ReindexStmt",
                    new Verdict(
                            "reindex-blocking",
                            "REINDEX stops writers while it builds",
                            "Run REINDEX … CONCURRENTLY outside migrations.")),
            Map.entry(
                    "RefreshMatViewStmt",
                    new Verdict(
                            "refresh-matview-blocking",
                            "REFRESH stops readers of the materialized view while its query runs",
                            "Refresh it outside migrations, CONCURRENTLY.")),
            Map.entry(
                    "AT_SetLogged",
                    new Verdict(
                            "set-logged-unlogged",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry(
                    "AT_SetUnLogged",
                    new Verdict(
                            "set-logged-unlogged",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry(
                    "AT_SetTableSpace",
                    new Verdict(
                            "set-tablespace", "it copies the whole table under ACCESS EXCLUSIVE", "Use pg_repack.")),
            Map.entry(
                    "AT_SetAccessMethod",
                    new Verdict(
                            "set-access-method",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry("DoStmt", OPAQUE_BLOCK),
            Map.entry("CallStmt", OPAQUE),
            Map.entry("CopyStmt", OPAQUE),
            Map.entry("SelectStmt", OPAQUE),
            Map.entry(
                    "SecLabelStmt",
                    new Verdict(
                            "security-label",
                            "what a label allows is decided by a module that Sluice does not know",
                            "Set it outside migrations.")),
            Map.entry(
                    "AlterExtensionStmt",
                    new Verdict(
                            "extension-update",
                            "an update of an extension runs a script of its own, and there is mostly no way back",
                            "Update it outside migrations, after having tried it on a copy.")));

    private static final Verdict SUBSCRIPTION = new Verdict(
            "subscription",
            "it connects to another server, and the rows that this sends cannot be taken back",
            "Run it outside migrations.");

    private static final Verdict EVENT_TRIGGER = new Verdict(
            "event-trigger",
            "an event trigger fires for every change of the schema, those of Sluice included, and can stop them",
            "Run it outside migrations, as a superuser.");

    private static final Verdict WHOLE_SERVER = new Verdict(
            "whole-server",
            "roles, databases, tablespaces and the server's settings belong to all databases of the server: what one"
                    + " migration does there, the down of another would take back",
            "Set up the server outside migrations.");

    private static final Verdict SESSION = new Verdict(
            "session-statement",
            "it means something only to the session or the transaction in which it runs, and every step has one of its own",
            "Leave it out.");

    private static final Verdict NO_WAY_BACK = new Verdict(
            "no-way-back",
            "Sluice does not read from the catalog what it would need to take this back, or the thing does not exist before"
                    + " this migration",
            "Check the name. Make a thing of another name, and leave the old one; or run it outside migrations.");

    private static final Verdict INHERITANCE = new Verdict(
            "inheritance",
            "it changes which rows every query of the parent table returns",
            "Use partitions, or run it outside migrations.");

    private static final Map<Verdict, Set<String>> KINDS = Map.of(
            SUBSCRIPTION,
            Set.of("CreateSubscriptionStmt", "AlterSubscriptionStmt", "DropSubscriptionStmt"),
            EVENT_TRIGGER,
            Set.of("CreateEventTrigStmt", "AlterEventTrigStmt"),
            WHOLE_SERVER,
            Set.of(
                    "CreateRoleStmt",
                    "AlterRoleStmt",
                    "AlterRoleSetStmt",
                    "DropRoleStmt",
                    "GrantRoleStmt",
                    "CreatedbStmt",
                    "AlterDatabaseStmt",
                    "AlterDatabaseSetStmt",
                    "DropdbStmt",
                    "CreateTableSpaceStmt",
                    "AlterTableSpaceOptionsStmt",
                    "DropTableSpaceStmt",
                    "AlterSystemStmt"),
            SESSION,
            Set.of(
                    "NotifyStmt",
                    "ListenStmt",
                    "UnlistenStmt",
                    "ExplainStmt",
                    "PrepareStmt",
                    "ExecuteStmt",
                    "DeallocateStmt",
                    "DiscardStmt",
                    "CheckPointStmt",
                    "LoadStmt",
                    "DeclareCursorStmt",
                    "FetchStmt",
                    "ClosePortalStmt",
                    "ConstraintsSetStmt"),
            OPAQUE,
            Set.of("ReassignOwnedStmt", "DropOwnedStmt", "AlterExtensionContentsStmt", "ImportForeignSchemaStmt"),
            NO_WAY_BACK,
            Set.of(
                    "DropStmt",
                    "RenameStmt",
                    "AlterOwnerStmt",
                    "AlterObjectSchemaStmt",
                    "AlterObjectDependsStmt",
                    "AlterForeignServerStmt",
                    "AlterFdwStmt",
                    "AlterUserMappingStmt",
                    "DropUserMappingStmt",
                    "AlterOperatorStmt",
                    "AlterTypeStmt",
                    "AlterCollationStmt",
                    "AlterTSConfigurationStmt",
                    "AlterTSDictionaryStmt",
                    "AlterOpFamilyStmt"),
            INHERITANCE,
            Set.of("AT_AddInherit", "AT_DropInherit", "AT_AddOf", "AT_DropOf"));

    private static final Verdict VACUUM = new Verdict(
            "rewrite-maintenance",
            "VACUUM does not run inside a transaction, and autovacuum does it anyway",
            "Run it outside migrations, never FULL on a table in use.");

    @Override
    public String id() {
        return "refused";
    }

    @Override
    public About about() {
        return About.of("What is refused", """
                        Statements that would stop the application, that cannot be looked into, that PostgreSQL offers
                        no way back from, or that belong to more than this database
                        """).with("Instead", """
                        | statement | hazard | instead |
                        |---|---|---|
                        | `TRUNCATE` | truncate | `DELETE` |
                        | `VACUUM`, `CLUSTER` | rewrite-maintenance | outside migrations |
                        | `LOCK` | explicit-lock-table | leave it out |
                        | `REINDEX` | reindex-blocking | `REINDEX CONCURRENTLY` outside migrations |
                        | `REFRESH MATERIALIZED VIEW` of one that was there before | refresh-matview-blocking | outside migrations |
                        | `SET LOGGED`, `SET UNLOGGED` | set-logged-unlogged | a new table |
                        | `SET TABLESPACE` | set-tablespace | pg_repack |
                        | `SET ACCESS METHOD` | set-access-method | a new table |
                        | `DO`, `CALL`, `COPY`, `SELECT`, `REASSIGN OWNED`, `DROP OWNED` | opaque-sql | plain statements |
                        | roles and membership in them, databases, tablespaces, `ALTER SYSTEM` | whole-server | outside migrations |
                        | `CREATE`, `ALTER`, `DROP SUBSCRIPTION` | subscription | outside migrations |
                        | `CREATE`, `ALTER`, `DROP EVENT TRIGGER` | event-trigger | outside migrations |
                        | `NOTIFY`, `LISTEN`, `EXPLAIN`, `PREPARE`, `DISCARD`, `SET CONSTRAINTS`, … | session-statement | leave it out |
                        | `SET search_path` other than once, at the beginning | search-path-in-script | the schema in front of the names |
                        | `SET` of what outcomes depend on: `timezone`, `role`, settings of your own, … | setting-in-script | values with their zone; the role that runs Sluice |
                        | `SECURITY LABEL` | security-label | outside migrations |
                        | `ALTER EXTENSION … UPDATE` | extension-update | outside migrations |
                        | `INHERIT`, `NO INHERIT`, `OF`, `NOT OF` | inheritance | partitions |
                        | `DROP` of casts, operators, collations, text search things, foreign tables and servers; `ALTER` of their definitions | no-way-back | a thing of another name |

                        With `-- sluice:allow <hazard> reason="…"` above the statement it runs as written, in a step of its
                        own; only a down script takes it back. What it locks nobody has looked at, and the plan says so.
                        A second line, `-- sluice:locks orders, billing.invoices`, names the tables: these are locked
                        first, with the lock budget, and the statement waits for none of them.
                        """).with("DO blocks", """
                        Refused as `opaque-sql`, but for the two forms that stand in for a missing `IF NOT EXISTS`: one
                        `CREATE` or `ALTER` statement with `EXCEPTION WHEN duplicate_… THEN NULL`, or inside `IF NOT
                        EXISTS (SELECT … FROM pg_type …)` that looks for the very name. They are planned as the
                        statement in them, or as nothing when the thing is there; the plan says which. `WHEN OTHERS`
                        hides other errors too and stays refused.

                        `plan` does not try a block out on a private server. What one does there is no proof for here: it
                        may look at rows, settings, roles and other sessions, and at a catalog that changes until it
                        runs. And what is seen there are effects, not statements: they do not say how to reach the same
                        end without a long lock, nor how to take it back. `sluice lint --observe` shows which tables a
                        block locks and rewrites.

                        A block that is allowed is judged by `sluice test`, which runs it on rows: a lock stronger than
                        `ROW EXCLUSIVE` on a table that `sluice:locks` does not name is a wrong fact, and so is a table of
                        10,000 rows or more (`--rows`) that it rewrites, or reads as a whole while writers wait.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Optional<Verdict> found = verdict(change);
        if (found.isEmpty()) {
            return false;
        }
        Verdict verdict = found.get();
        draft.refuseUnlessAllowed(change, verdict.hazard, verdict.reason, verdict.advice);
        StepSpec spec = draft.step(change, "as-written " + change.kind(), Placement.words(change))
                .because("allowed by a directive, run as written");
        for (Node relation : change.statement().node().all("RangeVar")) {
            Optional<TableDraft> table = draft.findTable(relation);
            if (table.isPresent()
                    && !OUTSIDE_TRANSACTION.contains(change.kind())
                    && !verdict.hazard.equals(OPAQUE.hazard)) {
                spec.lock(table.get().name(), LockMode.ACCESS_EXCLUSIVE);
            }
        }
        draft.mark(new Mark.RunsAsAllowed(change.statement().start()));
        lockedTables(change, draft).forEach(table -> spec.lock(table, LockMode.ACCESS_EXCLUSIVE));
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "only a down script takes this statement back: " + Placement.words(change),
                verdict.hazard);
        draft.add(
                change,
                Placement.of(change, draft, verdict.equals(NO_WAY_BACK) ? Slot.AFTER_SWAP : Slot.CREATE),
                spec.allowed(
                        verdict.hazard,
                        change.altersTable()
                                ? "ALTER TABLE " + draft.table(change).name().quoted() + " " + change.text()
                                : change.statement().sql(),
                        !OUTSIDE_TRANSACTION.contains(change.kind())));
        return true;
    }

    /** The tables that the author says it locks. */
    private static List<QualifiedName> lockedTables(Change change, Draft draft) {
        List<QualifiedName> tables = new ArrayList<>();
        for (List<String> parts : draft.directives().locks(change)) {
            Optional<String> schema = ObjectNames.schema(parts);
            String name = ObjectNames.last(parts);
            Optional<Table> table = draft.catalog().resolveTable(schema, name);
            if (table.isPresent()) {
                tables.add(table.get().name());
            } else {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "-- sluice:locks names table \"" + name + "\", which does not exist before this migration",
                        "Check the name.");
            }
        }
        return tables;
    }

    private static Optional<Verdict> verdict(Change change) {
        boolean vacuumsOnly = change.kind().equals("VacuumStmt")
                && change.command().list("options").stream()
                        .noneMatch(o -> o.text("defname").equals("full"));
        if (vacuumsOnly) {
            return Optional.of(VACUUM);
        }
        boolean ofEventTrigger = change.command().text("removeType").equals("OBJECT_EVENT_TRIGGER");
        if (ofEventTrigger) {
            return Optional.of(EVENT_TRIGGER);
        }
        return Optional.ofNullable(VERDICTS.get(change.kind()))
                .or(() -> KINDS.entrySet().stream()
                        .filter(e -> e.getValue().contains(change.kind()))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }
}
