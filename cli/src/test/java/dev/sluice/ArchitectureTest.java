package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where things may go. This module sees all others, so their rules are checked here. */
@AnalyzeClasses(
        packages = "dev.sluice",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoGeneratedGrammar.class})
class ArchitectureTest {
    private static final String[] PARSER = {"dev.sluice.parser.."};
    private static final String[] LAB = {"dev.sluice.lab.."};
    private static final String[] CLI = {"dev.sluice.cli.."};
    private static final DescribedPredicate<JavaClass> CORE = resideInAnyPackage("dev.sluice..")
            .and(resideOutsideOfPackages("dev.sluice.parser..", "dev.sluice.lab..", "dev.sluice.cli.."))
            .as("classes of core");

    /** Values in, values out: what a plan is made of and made by. */
    private static final String[] PURE = {
        "dev.sluice.sql..",
        "dev.sluice.catalog..",
        "dev.sluice.migration..",
        "dev.sluice.plan..",
        "dev.sluice.planner..",
        "dev.sluice.postgres.op..",
        "dev.sluice.postgres.rule..",
        "dev.sluice.lint..",
        "dev.sluice.diff..",
        "dev.sluice.doctor.."
    };

    /** The only parts that talk to a database. */
    private static final String[] EFFECTFUL = {
        "dev.sluice",
        "dev.sluice.db..",
        "dev.sluice.postgres",
        "dev.sluice.run..",
        "dev.sluice.backfill..",
        "dev.sluice.lab..",
        "dev.sluice.cli.."
    };

    /** Classes of pure packages that read files, each with its reason. */
    private static final Map<String, String> READERS = Map.of(
            "dev.sluice.migration.MigrationDirectory", "finds the files; all it says about them is decided elsewhere");

    @ArchTest
    static final ArchRule the_parser_knows_nobody = noClasses()
            .that()
            .resideInAnyPackage(PARSER)
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.sluice..").and(not(resideInAnyPackage(PARSER))));

    @ArchTest
    static final ArchRule core_knows_neither_lab_nor_cli = noClasses()
            .that(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(LAB).or(resideInAnyPackage(CLI)));

    @ArchTest
    static final ArchRule the_lab_does_not_know_the_cli = noClasses()
            .that()
            .resideInAnyPackage(LAB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI);

    @ArchTest
    static final ArchRule applications_that_embed_core_get_little_along = noClasses()
            .that(CORE.and(not(oneOf(Set.of("dev.sluice.db.Pgjdbc"))))) // used where the application has that driver
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                    "java..", "javax.sql..", "dev.sluice..", "org.slf4j..", "com.google.gson..", "org.jspecify.."));

    @ArchTest
    static final ArchRule pure_packages_have_no_effects = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .and(not(oneOf(READERS.keySet())))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.sql..", "javax.sql..", "java.net..", "java.nio.channels..", "java.util.concurrent..")
                    .or(oneOf(Set.of(
                            "java.nio.file.Files",
                            "java.io.File",
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.io.FileReader",
                            "java.io.FileWriter",
                            "java.io.RandomAccessFile",
                            "java.lang.Process",
                            "java.lang.ProcessBuilder",
                            "java.lang.Thread",
                            "java.util.Random",
                            Clock.class.getName()))));

    @ArchTest
    static final ArchRule pure_packages_do_not_look_at_the_clock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("the time, the environment or chance is asked") {
                @Override
                public boolean test(JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    String name = call.getName();
                    return (owner.startsWith("java.time.") && name.equals("now"))
                            || (owner.equals("java.lang.System")
                                    && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty")
                                            .contains(name))
                            || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                            || (owner.equals("java.lang.Math") && name.equals("random"));
                }
            });

    @ArchTest
    static final ArchRule pure_packages_do_not_use_effectful_ones = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.db..", "dev.sluice.postgres", "dev.sluice.run..", "dev.sluice.backfill..");

    @ArchTest
    static final ArchRule few_packages_talk_to_a_database = noClasses()
            .that(resideOutsideOfPackages(EFFECTFUL))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule packages_of_core_have_no_cycles =
            slices().matching("dev.sluice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_static_changes = fields().that()
            .areStatic()
            .should(new ArchCondition<JavaField>("be final, and not of a type that can change") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    boolean changes = !field.getModifiers().contains(JavaModifier.FINAL)
                            || field.getRawType().getName().startsWith("java.util.concurrent.atomic.")
                            || Set.of("java.util.HashMap", "java.util.ArrayList", "java.lang.ThreadLocal")
                                    .contains(field.getRawType().getName());
                    events.add(new SimpleConditionEvent(field, !changes, field.getFullName() + " can change"));
                }
            });

    @ArchTest
    static void every_package_says_that_it_knows_null(JavaClasses all) {
        Set<String> unmarked = all.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .filter(type -> type.tryGetPackageInfo()
                        .map(info -> !info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .orElse(true))
                .map(type -> type.getName())
                .collect(Collectors.toSet());
        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @ArchTest
    static final ArchRule names_say_the_job = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule services_are_passed_not_looked_up =
            classes().that(CORE).should().onlyAccessClassesThat(not(oneOf(Set.of("java.util.ServiceLoader"))));

    /** Guards the others: they would all hold for no classes at all. */
    @ArchTest
    static void the_rules_see_every_module(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackageName))
                .contains("dev.sluice", "dev.sluice.parser", "dev.sluice.catalog", "dev.sluice.lab", "dev.sluice.cli");
    }

    private static DescribedPredicate<JavaClass> oneOf(Collection<String> names) {
        return new DescribedPredicate<>("one of " + names) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getName();
                return names.contains(name) || names.stream().anyMatch(outer -> name.startsWith(outer + "$"));
            }
        };
    }

    /** Megabytes of it, made from PostgreSQL's parser. */
    static final class NoGeneratedGrammar implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/PgGrammar");
        }
    }
}
