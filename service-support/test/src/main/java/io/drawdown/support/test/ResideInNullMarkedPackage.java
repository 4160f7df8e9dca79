package io.drawdown.support.test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A package carries the mark itself: it is not inherited from the package above. */
final class ResideInNullMarkedPackage extends ArchCondition<JavaClass> {

    static final ResideInNullMarkedPackage INSTANCE = new ResideInNullMarkedPackage();

    private ResideInNullMarkedPackage() {
        super("reside in a package whose package-info is @NullMarked");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        var marked = item.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        if (!marked) {
            events.add(SimpleConditionEvent.violated(
                    item,
                    item.getName() + " is in package " + item.getPackageName()
                            + ", which has no package-info.java with @NullMarked; add one"));
        }
    }
}
