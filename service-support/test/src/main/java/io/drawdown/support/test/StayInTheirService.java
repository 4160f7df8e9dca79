package io.drawdown.support.test;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;

/** No class uses a service's package from outside that service. */
final class StayInTheirService extends ArchCondition<JavaClass> {

    static final StayInTheirService INSTANCE = new StayInTheirService();

    private static final String ROOT = "io.drawdown.";
    private static final Set<String> SERVICES = Set.of("crm", "billing", "wallet", "usage", "reporting");

    private StayInTheirService() {
        super("use no class of another service");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        var home = serviceOf(item);
        item.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> leaves(home, dependency))
                .forEach(dependency -> events.add(SimpleConditionEvent.violated(item, dependency.getDescription())));
    }

    private static boolean leaves(Optional<String> home, Dependency dependency) {
        var target = serviceOf(dependency.getTargetClass());
        return target.isPresent() && !target.equals(home);
    }

    /** The segment after the root names the service: {@code io.drawdown.wallet.ledger} belongs to {@code wallet}. */
    private static Optional<String> serviceOf(JavaClass type) {
        return Optional.of(type.getPackageName() + ".")
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
                .filter(SERVICES::contains);
    }
}
