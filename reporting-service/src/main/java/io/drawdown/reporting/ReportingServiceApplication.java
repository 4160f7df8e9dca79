package io.drawdown.reporting;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts reporting-service. */
@SpringBootApplication
public class ReportingServiceApplication {

    static void main(String[] args) {
        SpringApplication.run(ReportingServiceApplication.class, args);
    }
}
