package io.drawdown.billing.mirror;

import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.work.WorkLoop;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop that refreshes. */
@Configuration(proxyBeanMethods = false)
class MirrorConfiguration {

    /** The mirror is looked up late: its readers may themselves ask for refreshes. */
    @Bean
    WorkLoop refreshLoop(ObjectProvider<Mirror> mirror, SyncProperties properties) {
        return new WorkLoop("refresh", () -> mirror.getObject().refreshNext(), properties.workers(), properties.poll());
    }
}
