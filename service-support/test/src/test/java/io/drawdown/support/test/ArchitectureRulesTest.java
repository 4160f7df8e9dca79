package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.drawdown.crm.Neighbour;
import io.drawdown.reporting.util.Counter;
import io.drawdown.wallet.Ledger;
import io.drawdown.wallet.domain.GuessedBalance;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {

    static final JavaClasses GOOD = new ClassFileImporter().importClasses(Ledger.class, packageInfo());

    @Test
    void passesAServiceThatKeepsThem() {
        assertThat(allRules()).allSatisfy(rule -> rule.check(GOOD));
    }

    @Test
    void refusesAnAdaptersTypeInADomain() {
        assertThat(broken(ArchitectureRules.DOMAIN_KNOWS_NO_ADAPTER, GuessedBalance.class))
                .anyMatch(line -> line.contains("java.sql.Timestamp"));
    }

    @Test
    void refusesALookAtTheClockInADomain() {
        assertThat(broken(ArchitectureRules.DOMAIN_ASKS_NO_CLOCK, GuessedBalance.class))
                .hasSize(1)
                .allMatch(line -> line.contains("Instant.now()"));
    }

    @Test
    void refusesABinaryFractionInADomain() {
        assertThat(broken(ArchitectureRules.DOMAIN_COUNTS_EXACTLY, GuessedBalance.class))
                .hasSize(1)
                .allMatch(line -> line.contains("amount"));
    }

    @Test
    void refusesAServiceThatReachesIntoAnother() {
        assertThat(broken(ArchitectureRules.SERVICES_KNOW_NO_OTHER_SERVICE, Neighbour.class))
                .isNotEmpty()
                .allMatch(line -> line.contains("io.drawdown.wallet.Ledger"));
    }

    @Test
    void refusesAPackageWithoutTheNullMark() {
        assertThat(broken(ArchitectureRules.PACKAGES_ARE_NULL_MARKED, Neighbour.class))
                .hasSize(1)
                .allMatch(line -> line.contains("io.drawdown.crm"));
    }

    @Test
    void refusesPackageNamesThatSayNothing() {
        assertThat(broken(ArchitectureRules.PACKAGES_ARE_NAMED_AFTER_FEATURES, Counter.class))
                .hasSize(1);
    }

    @Test
    void refusesStaticState() {
        assertThat(broken(ArchitectureRules.STATE_IS_NOT_STATIC, Counter.class)).hasSize(1);
    }

    static List<String> broken(ArchRule rule, Class<?>... classes) {
        return rule.evaluate(new ClassFileImporter().importClasses(classes))
                .getFailureReport()
                .getDetails();
    }

    static List<ArchRule> allRules() {
        return List.of(
                ArchitectureRules.DOMAIN_KNOWS_NO_ADAPTER,
                ArchitectureRules.DOMAIN_ASKS_NO_CLOCK,
                ArchitectureRules.DOMAIN_COUNTS_EXACTLY,
                ArchitectureRules.STRIPE_STAYS_IN_BILLING,
                ArchitectureRules.SERVICES_KNOW_NO_OTHER_SERVICE,
                ArchitectureRules.PACKAGES_ARE_NULL_MARKED,
                ArchitectureRules.PACKAGES_ARE_NAMED_AFTER_FEATURES,
                ArchitectureRules.STATE_IS_NOT_STATIC);
    }

    static Class<?> packageInfo() {
        try {
            return Class.forName("io.drawdown.wallet.package-info");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The made-up service lost its package-info", e);
        }
    }
}
