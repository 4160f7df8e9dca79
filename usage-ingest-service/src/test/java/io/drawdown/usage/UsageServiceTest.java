package io.drawdown.usage;

import io.drawdown.support.test.UsesPlatform;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole service on real servers, in one context for all tests that carry this. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@UsesPlatform
@Import({UsageLab.class, HandMade.class})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "drawdown.usage.state-dir=target/test-state/${random.uuid}",
            "drawdown.usage.acceptance.grace=400ms",
            "drawdown.usage.intake.idle-timeout=3s",
            "drawdown.usage.intake.body-timeout=6s",
            // Longer than they are, so that a test can hold a caller back for as long.
            "drawdown.usage.intake.admission-wait=20s",
            "drawdown.usage.totals.dimensions=region,model",
            // The keys are the words ingest-key, billing-key, cs-key and bound-key.
            "drawdown.security.api-keys[0].name=backend",
            "drawdown.security.api-keys[0].sha256=facd3991f687d349439575a49727ad88f56fdb0043b36744314bd2e15511c01e",
            "drawdown.security.api-keys[0].roles=ingest",
            "drawdown.security.api-keys[1].name=operator",
            "drawdown.security.api-keys[1].sha256=1360cf85a9cad115d1274ab6188bd172ec443505e7be006c723e74bcacd284a0",
            "drawdown.security.api-keys[1].roles=billing",
            "drawdown.security.api-keys[2].name=success",
            "drawdown.security.api-keys[2].sha256=793f09a30da21aff86e8332af0741d26a1c5354060f339bbba28e9d927a99742",
            "drawdown.security.api-keys[2].roles=cs",
            "drawdown.security.api-keys[3].name=tenant",
            "drawdown.security.api-keys[3].sha256=83de6f51d140f68150bcf8c26726a920379ddfda571aa07af1949af95c74d9ab",
            "drawdown.security.api-keys[3].roles=ingest",
            "drawdown.security.api-keys[3].accounts=bound-*",
            "drawdown.usage.intake.bindings[0].key=tenant",
            "drawdown.usage.intake.bindings[0].sources=/lab",
            "drawdown.usage.intake.bindings[0].types=calls-*"
        })
public @interface UsageServiceTest {}
