package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records filled by reflection: every component has a value, and each value has one that differs from it. */
final class SampleRecords {

    private SampleRecords() {}

    static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    static <T extends Record> T sample(Class<T> type) {
        return type.cast(value(type, 0));
    }

    /** A value for the component that differs from the sample's. */
    static Object other(Class<? extends Record> type, String component) {
        return Arrays.stream(type.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .map(candidate -> value(candidate.getGenericType(), 1))
                .findFirst()
                .orElseThrow();
    }

    static <T extends Record> T with(T record, String component, Object replacement) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                boolean replaced = components[i].getName().equals(component);
                values[i] = replaced ? replacement : components[i].getAccessor().invoke(record);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        @SuppressWarnings("unchecked") // the constructor of the record's own class
        T copy = (T) construct(record.getClass(), values);
        return copy;
    }

    private static Object value(Type type, int variant) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return Optional.of(value(first, variant));
            } else if (generic.getRawType() == List.class) {
                return List.of(value(first, variant));
            } else if (generic.getRawType() == Set.class) {
                return Set.of(value(first, variant));
            } else if (generic.getRawType() == Map.class) {
                return Map.of("k" + variant, "v");
            }
            throw new AssertionError("no sample of " + type);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "s" + variant;
        } else if (plain == boolean.class) {
            return variant == 1;
        } else if (plain == int.class || plain == Integer.class) {
            return variant;
        } else if (plain == long.class) {
            return (long) variant;
        } else if (plain == QualifiedName.class) {
            return QualifiedName.of("s", "n" + variant);
        } else if (plain == Constraint.class) {
            return constraint(variant);
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[variant];
        } else if (plain.isRecord()) {
            Object[] values = Arrays.stream(plain.getRecordComponents())
                    .map(component -> value(component.getGenericType(), variant))
                    .toArray();
            return construct(plain, values);
        }
        throw new AssertionError("no sample of " + type);
    }

    /** The only record with a rule between its components. */
    private static Constraint constraint(int variant) {
        Constraint.ForeignKey target = (Constraint.ForeignKey) value(Constraint.ForeignKey.class, variant);
        Constraint plain = Constraint.plainForeignKey("s" + variant, List.of("s" + variant), "s" + variant, target);
        Constraint indexed = with(plain, "indexName", Optional.of("i"));
        return with(with(with(indexed, "validated", false), "enforced", false), "local", false);
    }

    private static Object construct(Class<?> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new AssertionError(type + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
