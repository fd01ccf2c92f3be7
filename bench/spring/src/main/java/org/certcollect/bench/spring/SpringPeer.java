package org.certcollect.bench.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * A program that one would write with Spring Boot instead of certcollect: status and PEM of an
 * order, from the same SQLite store. {@code bench/php/collect.php} does the same.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SpringPeer {
  /** Starts the embedded Tomcat. */
  public static void main(String[] arguments) {
    SpringApplication.run(SpringPeer.class, arguments);
  }
}
