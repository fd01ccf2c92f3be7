package org.certcollect.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.server.tls.TokenProviders.Use;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of providers that are made for a token, each of which keeps sessions and threads. */
class TokenProvidersTest {
  @TempDir private Path folder;
  private Path configuration;
  private final Unconfigured jdk = new Unconfigured();
  private final TokenProviders providers = new TokenProviders(Optional.of(jdk));

  @BeforeEach
  void configure() throws IOException {
    configuration = Files.writeString(folder.resolve("pkcs11.cfg"), "name = a");
  }

  /** A provider that is configured as the JDK's SunPKCS11, for a token that may be taken away. */
  private static final class Unconfigured extends Provider {
    private static final long serialVersionUID = 1;

    private final transient List<Slot> slots = new ArrayList<>();
    private boolean isTokenThere = true;

    Unconfigured() {
      super("Unconfigured", "1", "");
    }

    @Override
    public Provider configure(String file) {
      Slot slot = new Slot();
      if (isTokenThere) {
        slot.insert();
      }
      slots.add(slot);
      return slot;
    }
  }

  private static final class Slot extends Provider {
    private static final long serialVersionUID = 1;

    Slot() {
      super("Slot", "1", "");
    }

    void insert() {
      putService(new Service(this, "KeyStore", "PKCS11", "none", null, null));
    }
  }

  private void fail(TokenException problem) {
    Use<Provider> use =
        provider -> {
          throw problem;
        };
    assertThatThrownBy(() -> providers.use(configuration, use)).isSameAs(problem);
  }

  private void work() throws TokenException {
    assertThat(providers.<Provider>use(configuration, provider -> provider))
        .isSameAs(jdk.slots.get(jdk.slots.size() - 1));
  }

  @Test
  void aTokenThatIsAwayIsWaitedForByOneProvider() throws Exception {
    jdk.isTokenThere = false;
    for (int i = 0; i < 100; i++) {
      fail(new TokenException("no token in the slot", null));
    }
    assertThat(jdk.slots).hasSize(1);
    jdk.slots.get(0).insert();
    work();
    jdk.slots.get(0).clear();
    for (int i = 0; i < 100; i++) {
      fail(new TokenException("no token in the slot", null));
    }
    assertThat(jdk.slots).hasSize(1);
  }

  @Test
  void aTokenThatFailsAfterItWorkedGetsOneNewProvider() throws Exception {
    work();
    work();
    for (int i = 0; i < 100; i++) {
      fail(new TokenException("CKR_DEVICE_ERROR", null));
    }
    assertThat(jdk.slots).hasSize(2);
    work();
    assertThat(jdk.slots).hasSize(2);
  }

  @Test
  void lostSessionsAreNotUsedAgain() throws Exception {
    TokenException lost = new TokenException("lost", new Exception("CKR_SESSION_HANDLE_INVALID"));
    fail(lost);
    fail(lost);
    assertThat(jdk.slots).as("a new one each time, as it may work").hasSize(2);
    work();
    providers.forget(jdk.slots.get(1));
    work();
    assertThat(jdk.slots).hasSize(3);
  }

  @Test
  void aRefusedPinIsNotTriedWithANewProvider() throws Exception {
    work();
    fail(new TokenException("the PIN is wrong", null, true));
    work();
    assertThat(jdk.slots).hasSize(1);
  }

  @Test
  void aChangedConfigurationTakesEffect() throws Exception {
    work();
    Files.writeString(configuration, "name = b");
    work();
    assertThat(jdk.slots).hasSize(2);
  }

  @Test
  void aConfigurationThatIsGoneIsTold() throws Exception {
    Files.delete(configuration);
    assertThatThrownBy(() -> providers.use(configuration, provider -> provider))
        .hasMessage(
            configuration
                + " cannot be read (it does not exist): tls.pkcs11-config must name a file that"
                + " this user may read");
  }
}
