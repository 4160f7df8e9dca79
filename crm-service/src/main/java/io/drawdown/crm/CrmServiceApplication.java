package io.drawdown.crm;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts crm-service. */
@SpringBootApplication
public class CrmServiceApplication {

    static void main(String[] args) {
        SpringApplication.run(CrmServiceApplication.class, args);
    }
}
