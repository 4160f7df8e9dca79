package io.drawdown.wire;

import io.drawdown.support.test.UsesPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;

/** One service for all tests of this module, so that it starts once. */
@SpringBootTest(
        classes = TestService.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.application.name=wire-test",
            "drawdown.outbox.enabled=true",
            "drawdown.kafka.retry.initial-interval=20ms",
            "drawdown.kafka.retry.max-interval=100ms",
            "drawdown.kafka.retry.max-retries=2",
            "spring.kafka.listener.poll-timeout=200ms"
        })
@UsesPlatform
@ActiveProfiles("wire")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WireIntegrationTest {}
