package io.drawdown.support.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/**
 * What holds in every service, as rules. A service applies them all by
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.drawdown.wallet", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *
 *     @ArchTest
 *     static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 *
 * <p>A rule that finds nothing to look at passes: not every service has a domain package.
 */
public final class ArchitectureRules {

    /** Axon's annotations are allowed: they mark an aggregate without binding it to where its events go. */
    @ArchTest
    public static final ArchRule DOMAIN_KNOWS_NO_ADAPTER = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "io.drawdown.events..",
                    "io.drawdown.wire..",
                    "com.stripe..",
                    "tools.jackson..",
                    "com.fasterxml.jackson..",
                    "java.sql..",
                    "javax.sql..")
            .allowEmptyShould(true)
            .because("a rule about money is tested and read without a framework; adapters live at the edge");

    /** Time is handed in, or a replay would decide differently from the first run. */
    @ArchTest
    public static final ArchRule DOMAIN_ASKS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .callMethodWhere(asksTheSystemForTheTime())
            .allowEmptyShould(true)
            .because("the same input must give the same result at any time");

    @ArchTest
    public static final ArchRule DOMAIN_COUNTS_EXACTLY = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("..domain..")
            .should()
            .haveRawType(isBinaryFraction())
            .allowEmptyShould(true)
            .because("money and quantities are decimals; a binary fraction loses cents");

    @ArchTest
    public static final ArchRule STRIPE_STAYS_IN_BILLING = noClasses()
            .that()
            .resideOutsideOfPackage("io.drawdown.billing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.stripe..")
            .allowEmptyShould(true)
            .because("one room talks to Stripe");

    @ArchTest
    public static final ArchRule SERVICES_KNOW_NO_OTHER_SERVICE = classes()
            .should(StayInTheirService.INSTANCE)
            .allowEmptyShould(true)
            .because("services meet in schemas and over HTTP only");

    @ArchTest
    public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(ResideInNullMarkedPackage.INSTANCE)
            .allowEmptyShould(true)
            .because("NullAway checks only what is marked");

    @ArchTest
    public static final ArchRule PACKAGES_ARE_NAMED_AFTER_FEATURES = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..manager..", "..impl..", "..helper..", "..common..", "..dto..")
            .allowEmptyShould(true)
            .because("such a name says nothing about what is inside");

    @ArchTest
    public static final ArchRule STATE_IS_NOT_STATIC = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .allowEmptyShould(true)
            .because("a service's state belongs to its beans");

    private ArchitectureRules() {}

    private static DescribedPredicate<JavaCall<?>> asksTheSystemForTheTime() {
        return DescribedPredicate.describe("asks the system for the time", call -> {
            var target = call.getTarget();
            var fromTime = target.getOwner().getPackageName().equals("java.time")
                    && target.getName().equals("now");
            var fromClock = target.getOwner().isEquivalentTo(Clock.class)
                    && target.getName().startsWith("system");
            var fromSystem = target.getOwner().isEquivalentTo(System.class)
                    && Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
            return fromTime || fromClock || fromSystem;
        });
    }

    private static DescribedPredicate<JavaClass> isBinaryFraction() {
        var binary = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
        return DescribedPredicate.describe("double or float", type -> binary.contains(type.getName()));
    }
}
