package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigTest {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  @Test
  void noPasswordIsShown() {
    PostgresConfig config =
        new PostgresConfig(
            "jdbc:postgresql://db/certcollect?sslpassword=secret1&sslmode=verify-full",
            "demo",
            Optional.of("secret2"),
            4,
            DEADLINE);

    assertThat(config.toString())
        .contains("jdbc:postgresql://db/certcollect?sslpassword=***&sslmode=verify-full", "demo")
        .doesNotContain("secret");
    assertThat(config.name()).isEqualTo("postgresql://db/certcollect");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/c?sslpassword=S&sslmode=require,"
        + " jdbc:postgresql://db/c?sslpassword=***&sslmode=require",
    "postgresql://user:p@S/s@db/c, postgresql://***@db/c",
    "jdbc:postgresql://db/c?user=u&PassWord=S, jdbc:postgresql://db/c?user=u&PassWord=***",
    "jdbc:postgresql://db/c?sslkey=k, jdbc:postgresql://db/c?sslkey=k"
  })
  void aUrlIsShownWithoutItsPasswords(String url, String shown) {
    assertThat(PostgresConfig.masked(url)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/certcollect",
        "jdbc:postgresql://db1:5433,[::1],db3/certcollect",
        "jdbc:postgresql://db/certcollect?targetServerType=primary",
        "jdbc:postgresql://db/c?sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=a&sslkey=b",
        "jdbc:postgresql://db/certcollect?currentSchema=other&prepareThreshold=0"
      })
  void aUrlOfTheDriverIsTaken(String url) {
    assertThat(config(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://db/certcollect, the url is not jdbc:postgresql:",
    "jdbc:sqlite:file, the url is not jdbc:postgresql:",
    "jdbc:postgresql://db:port/certcollect, the url is not jdbc:postgresql:",
    "'', the url is not jdbc:postgresql:",
    "jdbc:postgresql://db/c?user=demo, the user is given beside the url",
    "jdbc:postgresql://db/c?password=x, the password is given beside the url",
    "jdbc:postgresql://db/c?sslmod=verify-full, does not know: sslmod",
    "jdbc:postgresql://db/c?sslmode=verify_full, verify_full",
    "jdbc:postgresql://a;b/c?targetServerType=any, reads from the primary alone",
  })
  void anyOtherIsRefused(String url, String why) {
    assertThatThrownBy(() -> config(url.replace(';', ',')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "db1;db2/c, true",
    "localhost;db2/c?sslmode=prefer, true",
    "10.0.0.7:5433/c?sslmode=disable, true",
    "db/c?sslmode=require, false",
    "db/c?ssl=true, false",
    "db1;db2/c?sslmode=verify-full, false",
    "localhost/c, false",
    "127.0.0.1:5433;[::1]/c, false",
    "localhost.example.com/c, true"
  })
  void aWayToAnotherMachineWithoutTlsIsKnown(String url, boolean open) {
    PostgresConfig config = config("jdbc:postgresql://" + url.replace(';', ','));
    assertThat(config.mayBeReadOnTheWay()).isEqualTo(open);
  }

  @Test
  void allErrorsAreToldAtOnce() {
    assertThatThrownBy(
            () -> new PostgresConfig("db", " ", Optional.empty(), 0, Duration.ofMillis(999)))
        .hasMessageContainingAll("the url is not", "the user is missing", "the pool", "deadline");
  }

  private static PostgresConfig config(String url) {
    return new PostgresConfig(url, "demo", Optional.empty(), 4, DEADLINE);
  }
}
