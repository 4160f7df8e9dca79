package io.drawdown.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.drawdown.support.test.ArchitectureRules;

@AnalyzeClasses(packages = "io.drawdown.billing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule STRIPE_STAYS_IN_ITS_ADAPTER = noClasses()
            .that()
            .resideOutsideOfPackage("io.drawdown.billing.stripe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.stripe..")
            .because("the rest of the service speaks of its own snapshots and failures");

    @ArchTest
    static final ArchRule NOBODY_DEPENDS_ON_THE_ADAPTER = noClasses()
            .that()
            .resideOutsideOfPackage("io.drawdown.billing.stripe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.drawdown.billing.stripe..")
            .because("features own the ports that the adapter implements");
}
