package dev.sluice.lint.effect;

import static dev.sluice.plan.LockMode.ACCESS_EXCLUSIVE;
import static dev.sluice.plan.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.sluice.plan.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * ALTER TABLE. One statement has one lock, the strongest that one of its parts needs ({@code AlterTableGetLockLevel} in
 * tablecmds.c), on the table and on all that inherit from it.
 */
final class TableAlteration {

    private static final Set<String> WEAK = Set.of(
            "AT_SetStatistics",
            "AT_SetOptions",
            "AT_ResetOptions",
            "AT_ClusterOn",
            "AT_DropCluster",
            "AT_ValidateConstraint",
            "AT_AttachPartition",
            "AT_DetachPartitionFinalize",
            "AT_SetRelOptions",
            "AT_ResetRelOptions");

    private static final Set<String> TRIGGERS = Set.of(
            "AT_EnableTrig",
            "AT_EnableAlwaysTrig",
            "AT_EnableReplicaTrig",
            "AT_EnableTrigAll",
            "AT_EnableTrigUser",
            "AT_DisableTrig",
            "AT_DisableTrigAll",
            "AT_DisableTrigUser");

    /** What concerns the named table alone; the others reach its partitions and inheriting tables. */
    private static final Set<String> ALONE = Set.of(
            "AT_SetRelOptions",
            "AT_ResetRelOptions",
            "AT_SetOptions",
            "AT_ResetOptions",
            "AT_ClusterOn",
            "AT_DropCluster",
            "AT_ReplicaIdentity",
            "AT_ChangeOwner",
            "AT_EnableRowSecurity",
            "AT_DisableRowSecurity",
            "AT_ForceRowSecurity",
            "AT_NoForceRowSecurity",
            "AT_AddInherit",
            "AT_DropInherit",
            "AT_AttachPartition",
            "AT_DetachPartition",
            "AT_DetachPartitionFinalize",
            "AT_SetTableSpace",
            "AT_SetLogged",
            "AT_SetUnLogged",
            "AT_SetAccessMethod",
            "AT_EnableRule",
            "AT_DisableRule");

    private final KnownSchema schema;
    private final Impact impact;
    private final TableConstraints constraints;

    TableAlteration(KnownSchema schema, int version, Impact impact) {
        this.schema = schema;
        this.impact = impact;
        this.constraints = new TableConstraints(schema, version, impact);
    }

    void take(Node node) {
        List<Node> commands = node.list("cmds");
        QualifiedName name = schema.name(node.get("relation"));
        LockMode mode = commands.stream()
                .map(TableAlteration::mode)
                .max(LockMode::compareTo)
                .orElse(ACCESS_EXCLUSIVE);
        Optional<KnownTable> known = schema.table(node.get("relation"));
        impact.lock(name, mode);
        if (known.isEmpty()) {
            impact.doubt("what " + name + " looks like");
            commands.stream()
                    .filter(c -> c.text("subtype").equals("AT_AddConstraint"))
                    .map(c -> c.get("def"))
                    .filter(c -> c.has("pktable"))
                    .forEach(c -> impact.lock(schema.name(c.get("pktable")), SHARE_ROW_EXCLUSIVE));
            return;
        }
        boolean inherits = node.get("relation").flag("inh");
        Set<String> dropped = new HashSet<>();
        for (Node command : commands) {
            if (command.text("subtype").equals("AT_DropConstraint")) {
                dropped.add(command.text("name"));
            }
        }
        added(commands, known.get());
        for (Node command : commands) {
            boolean alone = !inherits || ALONE.contains(command.text("subtype")) || isUnique(command);
            List<KnownTable> members = alone ? List.of(known.get()) : schema.family(known.get());
            members.forEach(member -> impact.lock(member.name(), mode));
            command(command, known.get(), members, dropped);
        }
    }

    /** A constraint that is added NOT VALID and validated by the same statement is checked under its lock. */
    private void added(List<Node> commands, KnownTable table) {
        for (Node command : commands) {
            String name = command.get("def").text("conname");
            boolean validated = command.text("subtype").equals("AT_AddConstraint")
                    && commands.stream()
                            .anyMatch(c -> c.text("subtype").equals("AT_ValidateConstraint")
                                    && c.text("name").equals(name));
            if (validated) {
                schema.family(table).forEach(impact::scan);
            }
        }
    }

    private static boolean isUnique(Node command) {
        return Set.of("CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION")
                .contains(command.get("def").text("contype"));
    }

    private static LockMode mode(Node command) {
        String subtype = command.text("subtype");
        if (WEAK.contains(subtype)
                || subtype.equals("AT_DetachPartition") && command.get("def").flag("concurrent")) {
            return SHARE_UPDATE_EXCLUSIVE;
        }
        boolean key = subtype.equals("AT_AddConstraint")
                && command.get("def").text("contype").equals("CONSTR_FOREIGN");
        return key || TRIGGERS.contains(subtype) ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
    }

    private void command(Node command, KnownTable table, List<KnownTable> members, Set<String> dropped) {
        String name = command.text("name");
        Node definition = command.get("def");
        switch (command.text("subtype")) {
            case "AT_AddColumn" -> {
                if (table.column(definition.text("colname")).isEmpty()) {
                    new ColumnAddition(schema, impact, constraints).take(table, members, definition);
                }
            }
            case "AT_DropColumn" -> {
                if (!command.text("behavior").equals("DROP_CASCADE")) {
                    new Readers(schema, impact).need(table, name);
                    schema.keysTo(table.name()).stream()
                            .filter(in -> in.key().referencedColumns().contains(name))
                            .filter(in -> !in.table().equals(table))
                            .forEach(in -> impact.fails("the foreign key "
                                    + in.key().name() + " of " + in.table().name() + " needs the column"));
                }
                constraints.dropColumn(members, name);
            }
            case "AT_DropNotNull" -> {
                if (table.constraints().stream()
                        .anyMatch(c -> c.kind() == KnownConstraint.Kind.PRIMARY_KEY
                                && c.columns().contains(name))) {
                    impact.fails("the column is in the primary key");
                }
            }
            case "AT_AlterColumnType" ->
                members.forEach(member -> new TypeChange(schema, member, impact).take(name, definition));
            case "AT_SetNotNull" ->
                members.stream()
                        .filter(m ->
                                !m.column(name).filter(KnownColumn::notNull).isPresent())
                        .filter(m -> !NotNullProof.holds(m, name, dropped))
                        .forEach(impact::scan);
            case "AT_ColumnDefault" ->
                Effects.sequencesOf(schema, definition).forEach(s -> impact.lock(s, LockMode.ACCESS_SHARE));
            case "AT_AddIdentity" -> impact.lock(ColumnAddition.sequence(table, name), ACCESS_EXCLUSIVE);
            case "AT_SetExpression" ->
                members.stream()
                        .filter(m -> m.column(name).filter(KnownColumn::stored).isPresent())
                        .forEach(impact::rewrite);
            case "AT_AddConstraint" -> constraints.add(table, members, definition, dropped);
            case "AT_DropConstraint" -> members.forEach(m -> constraints.drop(m, name));
            case "AT_ValidateConstraint" -> members.forEach(m -> constraints.validate(m, name));
            case "AT_AlterConstraint" -> constraints.alter(table, definition);
            case "AT_AttachPartition" -> new Partitions(schema, impact).attach(table, definition);
            case "AT_DetachPartition" -> new Partitions(schema, impact).detach(table, definition);
            case "AT_AddInherit" -> impact.lock(schema.name(definition), SHARE_UPDATE_EXCLUSIVE);
            case "AT_DropInherit" -> impact.lock(schema.name(definition), LockMode.ACCESS_SHARE);
            case "AT_SetLogged" -> {
                if (table.isUnlogged()) {
                    impact.rewrite(table);
                }
            }
            case "AT_SetUnLogged" -> {
                if (!table.isUnlogged()) {
                    impact.rewrite(table);
                }
            }
            case "AT_SetAccessMethod" -> {
                if (!table.accessMethod().equals(name)) {
                    impact.rewrite(table);
                }
            }
            case "AT_SetTableSpace" -> {
                if (!name.equals("pg_default")) {
                    impact.rewrite(table);
                }
            }
            default -> {}
        }
    }
}
