package io.drawdown.wire.avro;

import java.math.BigDecimal;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that Drawdown's own records may be instantiated.
 *
 * <p>Since 1.12.2 Avro trusts no class that it is not told to trust. What is trusted already (by
 * {@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES} or in code) stays trusted; this only adds {@code io.drawdown}.
 */
public final class TrustedRecords {

    private static final String OURS = "io.drawdown.";

    private TrustedRecords() {}

    /** Has an effect once; the serializer and the deserializer call it before they touch a record. */
    public static void trust() {
        Once.done();
    }

    /** Initialised once by the JVM, however many threads come by. */
    private static final class Once {
        static {
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), new Ours()));
        }

        private static void done() {
            // Being called is enough: it initialises the class.
        }
    }

    private static final class Ours implements ClassSecurityPredicate {
        @Override
        public boolean isTrusted(Class<?> type) {
            return type.getName().startsWith(OURS) || type == BigDecimal.class;
        }
    }
}
