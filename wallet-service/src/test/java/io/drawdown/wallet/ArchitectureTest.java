package io.drawdown.wallet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.drawdown.support.test.ArchitectureRules;

@AnalyzeClasses(packages = "io.drawdown.wallet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule RATING_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..rating..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache..", "io.drawdown.events..", "java.sql..")
            .because("what usage costs must not depend on where it comes from");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_THE_STORED_FORM = noClasses()
            .that()
            .resideOutsideOfPackage("io.drawdown.wallet.store")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.drawdown.events.wallet")
            .because("the mapping between a wallet's events and their public records stands in one place");
}
