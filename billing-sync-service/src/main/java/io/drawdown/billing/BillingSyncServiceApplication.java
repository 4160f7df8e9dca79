package io.drawdown.billing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The only room that talks to Stripe. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class BillingSyncServiceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(BillingSyncServiceApplication.class, arguments);
    }
}
