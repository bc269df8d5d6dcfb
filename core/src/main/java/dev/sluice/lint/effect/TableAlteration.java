package dev.sluice.lint.effect;

import static dev.sluice.plan.LockMode.ACCESS_EXCLUSIVE;
import static dev.sluice.plan.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.sluice.plan.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.lint.schema.KnownType;
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
    private final int version;
    private final Impact impact;

    TableAlteration(KnownSchema schema, int version, Impact impact) {
        this.schema = schema;
        this.version = version;
        this.impact = impact;
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
                    addColumn(table, members, definition);
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
                dropColumn(members, name);
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
            case "AT_ColumnDefault" -> sequences(definition, LockMode.ACCESS_SHARE);
            case "AT_AddIdentity" -> impact.lock(sequence(table, name), ACCESS_EXCLUSIVE);
            case "AT_SetExpression" ->
                members.stream()
                        .filter(m -> m.column(name).filter(KnownColumn::stored).isPresent())
                        .forEach(impact::rewrite);
            case "AT_AddConstraint" -> addConstraint(table, members, definition, dropped);
            case "AT_DropConstraint" -> members.forEach(m -> dropConstraint(m, name));
            case "AT_ValidateConstraint" -> members.forEach(m -> validate(m, name));
            case "AT_AlterConstraint" -> alterConstraint(table, definition);
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

    private static QualifiedName sequence(KnownTable table, String column) {
        return table.name().withName(table.name().name() + "_" + column + "_seq");
    }

    private void sequences(Node expression, LockMode mode) {
        expression.all("FuncCall").stream()
                .filter(call -> call.strings("funcname").contains("nextval"))
                .flatMap(call -> Effects.sequenceOf(schema, call).stream())
                .forEach(s -> impact.lock(s, mode));
    }

    private void addColumn(KnownTable table, List<KnownTable> members, Node definition) {
        String name = definition.text("colname");
        ColumnType type = ColumnType.of(definition.get("typeName"));
        Optional<KnownType> domain = schema.type(type).filter(t -> t.kind() == KnownType.Kind.DOMAIN);
        boolean rewrites =
                type.isSerial() || domain.filter(KnownType::constrained).isPresent();
        boolean scans = false;
        boolean virtual = false;
        boolean valued = false;
        if (type.isSerial()) {
            impact.lock(sequence(table, name), ACCESS_EXCLUSIVE);
        }
        for (Node constraint : definition.list("constraints")) {
            switch (constraint.text("contype")) {
                case "CONSTR_DEFAULT" -> {
                    Node value = constraint.get("raw_expr");
                    boolean computed = Volatility.isVolatile(value, schema, impact);
                    rewrites |= computed;
                    valued = !(value.is("A_Const") && value.flag("isnull"));
                    if (computed) {
                        sequences(value, LockMode.ROW_EXCLUSIVE);
                    }
                }
                case "CONSTR_IDENTITY" -> {
                    rewrites = true;
                    impact.lock(sequence(table, name), ACCESS_EXCLUSIVE);
                }
                case "CONSTR_GENERATED" -> {
                    virtual = constraint.text("generated_kind").equals("v");
                    rewrites |= !virtual;
                }
                case "CONSTR_CHECK" -> scans |= enforced(definition, constraint);
                default -> {}
            }
        }
        boolean identity = type.isSerial() || has(definition, "CONSTR_IDENTITY") || has(definition, "CONSTR_GENERATED");
        if (has(definition, "CONSTR_NOTNULL")
                && !valued
                && !identity
                && !domain.filter(KnownType::hasDefault).isPresent()
                && members.stream().anyMatch(m -> m.holdsRows() && m.mayHaveRows())) {
            impact.fails("the table has rows, and the column no value for them");
        }
        for (KnownTable member : members) {
            if (rewrites) {
                impact.rewrite(member);
            } else if (scans || virtual && has(definition, "CONSTR_NOTNULL")) {
                impact.scan(member);
            }
        }
        for (Node constraint : definition.list("constraints")) {
            switch (constraint.text("contype")) {
                case "CONSTR_UNIQUE", "CONSTR_PRIMARY" -> members.forEach(impact::buildIndex);
                case "CONSTR_FOREIGN" ->
                    foreignKey(constraint, members, (valued || rewrites) && enforced(definition, constraint));
                default -> {}
            }
        }
    }

    private static boolean has(Node definition, String constraint) {
        return definition.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals(constraint));
    }

    /** In a column's definition, NOT ENFORCED is an entry of its own behind the constraint that it is about. */
    private static boolean enforced(Node definition, Node constraint) {
        List<Node> constraints = definition.list("constraints");
        for (int i = constraints.indexOf(constraint) + 1; i < constraints.size(); i++) {
            String type = constraints.get(i).text("contype");
            if (!type.startsWith("CONSTR_ATTR_")) {
                return true;
            }
            if (type.equals("CONSTR_ATTR_NOT_ENFORCED")) {
                return false;
            }
        }
        return true;
    }

    private void foreignKey(Node constraint, List<KnownTable> members, boolean checked) {
        QualifiedName referenced = schema.name(constraint.get("pktable"));
        Optional<KnownTable> other = schema.table(referenced);
        List<KnownTable> others = other.map(schema::family).orElse(List.of());
        impact.lock(referenced, SHARE_ROW_EXCLUSIVE);
        others.stream().filter(t -> t.bound().isPresent()).forEach(t -> impact.lock(t.name(), SHARE_ROW_EXCLUSIVE));
        if (checked && members.stream().anyMatch(m -> m.holdsRows() && m.mayHaveRows())) {
            members.forEach(impact::scan);
            others.forEach(impact::scan);
        }
    }

    private void dropColumn(List<KnownTable> members, String name) {
        for (KnownTable member : members) {
            for (KnownConstraint constraint : member.constraints()) {
                if (constraint.columns().contains(name)) {
                    dropped(member, constraint);
                }
            }
        }
    }

    private void dropConstraint(KnownTable table, String name) {
        table.constraint(name).ifPresent(constraint -> dropped(table, constraint));
    }

    /** A foreign key is a thing of both tables; a key may take those that rest on it along. */
    private void dropped(KnownTable table, KnownConstraint constraint) {
        constraint.referenced().ifPresent(other -> impact.lock(other, ACCESS_EXCLUSIVE));
        if (constraint.hasIndex()) {
            for (KnownSchema.IncomingKey key : schema.keysTo(table.name())) {
                if (Set.copyOf(key.key().referencedColumns()).equals(Set.copyOf(constraint.columns()))) {
                    impact.lock(key.table().name(), ACCESS_EXCLUSIVE);
                }
            }
        }
    }

    private void addConstraint(KnownTable table, List<KnownTable> members, Node node, Set<String> dropped) {
        boolean unchecked = node.flag("skip_validation"); // NOT ENFORCED has it, too
        switch (node.text("contype")) {
            case "CONSTR_CHECK", "CONSTR_NOTNULL" -> {
                if (!unchecked) {
                    members.stream()
                            .filter(m -> !node.text("contype").equals("CONSTR_NOTNULL")
                                    || node.strings("keys").stream()
                                            .anyMatch(c -> !m.column(c)
                                                            .filter(KnownColumn::notNull)
                                                            .isPresent()
                                                    && !NotNullProof.holds(m, c, dropped)))
                            .forEach(impact::scan);
                }
            }
            case "CONSTR_FOREIGN" -> {
                if (table.isPartitioned() && node.flag("skip_validation") && version < 18) {
                    impact.fails("PostgreSQL " + version + " has no NOT VALID foreign keys of partitioned tables");
                    return;
                }
                foreignKey(node, members, !unchecked);
            }
            case "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION" -> key(table, node, dropped);
            default -> {}
        }
    }

    private void key(KnownTable table, Node node, Set<String> dropped) {
        boolean primary = node.text("contype").equals("CONSTR_PRIMARY");
        String using = node.text("indexname");
        List<String> columns = using.isEmpty()
                ? node.strings("keys")
                : schema.index(table.name().withName(using))
                        .map(KnownIndex::columns)
                        .orElse(List.of());
        List<KnownTable> members = schema.family(table);
        if (using.isEmpty()) {
            for (KnownTable member : members) {
                if (member != table) {
                    impact.lock(member.name(), version >= 18 ? ACCESS_EXCLUSIVE : LockMode.SHARE);
                }
                impact.buildIndex(member);
            }
        } else if (columns.isEmpty()) {
            impact.doubt("whether the columns of the index " + using + " can be NULL");
        }
        boolean nullable = primary
                && columns.stream()
                        .anyMatch(c ->
                                !table.column(c).filter(KnownColumn::notNull).isPresent()
                                        && !NotNullProof.holds(table, c, dropped));
        if (nullable) {
            members.forEach(impact::scan);
        }
    }

    private void validate(KnownTable table, String name) {
        Optional<KnownConstraint> constraint = table.constraint(name);
        if (constraint.isEmpty()) {
            impact.doubt("what the constraint " + name + " is");
            return;
        }
        if (constraint.get().validated()) {
            return;
        }
        impact.scan(table);
        constraint.get().referenced().ifPresent(other -> {
            impact.lock(other, LockMode.ROW_SHARE);
            schema.table(other).ifPresent(impact::scan);
        });
    }

    private void alterConstraint(KnownTable table, Node node) {
        boolean enforced = node.flag("alterEnforceability") && node.flag("is_enforced");
        table.constraint(node.text("conname"))
                .filter(c -> enforced && !c.enforced())
                .ifPresent(c -> c.referenced().ifPresent(other -> {
                    impact.lock(other, SHARE_ROW_EXCLUSIVE);
                    impact.scan(table);
                    schema.table(other).ifPresent(impact::scan);
                }));
    }
}
