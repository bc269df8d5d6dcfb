package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which columns hold values of a type: itself, in arrays, as a domain's base or a composite type's attribute. Pure. */
record TypeUses(List<Use> columns) {

    TypeUses {
        columns = List.copyOf(columns);
    }

    /** @param direct the column is of the type, or of a domain over it: no array or composite value in between */
    record Use(Table table, Column column, boolean direct) {}

    static TypeUses of(Catalog catalog, QualifiedName type) {
        Set<QualifiedName> direct = new HashSet<>(Set.of(type));
        Set<QualifiedName> inside = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (UserType other : catalog.types().values()) {
                if (other.kind() == UserType.Kind.DOMAIN
                        && other.baseType()
                                .filter(b -> direct.contains(b.name()))
                                .isPresent()) {
                    more |= direct.add(other.name());
                } else if (parts(other).anyMatch(p -> isOf(p, direct) || isOf(p, inside))) {
                    more |= inside.add(other.name());
                }
            }
        }
        return new TypeUses(catalog.tables().values().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(c -> isOf(c.type(), direct) || isOf(c.type(), inside))
                        .map(c -> new Use(table, c, direct.contains(c.type().name()))))
                .toList());
    }

    private static java.util.stream.Stream<TypeRef> parts(UserType type) {
        return java.util.stream.Stream.concat(type.attributes().stream().map(Column::type), type.baseType().stream());
    }

    private static boolean isOf(TypeRef type, Set<QualifiedName> names) {
        return names.contains(type.name())
                || type.element().filter(names::contains).isPresent();
    }
}
