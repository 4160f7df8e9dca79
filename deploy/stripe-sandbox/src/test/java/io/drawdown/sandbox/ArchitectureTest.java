package io.drawdown.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.drawdown.sandbox", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule is_a_plain_program = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.stripe..", "org.springframework..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule resources_know_neither_http_nor_trouble = noClasses()
            .that()
            .resideInAnyPackage(
                    "..engine..",
                    "..customer..",
                    "..payment..",
                    "..catalog..",
                    "..meter..",
                    "..invoice..",
                    "..discount..",
                    "..tax..",
                    "..balance..",
                    "..credit..",
                    "..creditnote..",
                    "..refund..",
                    "..dispute..",
                    "..connect..",
                    "..search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..http..", "..trouble..", "..webhook..");

    @ArchTest
    static final ArchRule money_stands_alone = noClasses()
            .that()
            .resideInAPackage("..money..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine..", "..json..", "tools.jackson..");
}
