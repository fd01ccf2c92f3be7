package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.config.TlsConfig;
import org.junit.jupiter.api.Test;

class DefaultsTest {
  @Test
  void whereNothingIsSetTheDefaultsHold() {
    Configuration defaults =
        new ConfigurationReader(Map.of(), Path.of("no such folder"), Optional.empty())
            .readToServe(List.of());

    assertThat(defaults)
        .isEqualTo(
            new Configuration(
                new ListenConfig("0.0.0.0", 8443, OptionalInt.of(8080)),
                Optional.empty(),
                TlsConfig.Profile.INTERMEDIATE,
                LimitsConfig.DEFAULT,
                AuthConfig.DEFAULT,
                ProxyConfig.DEFAULT,
                ProtocolConfig.DEFAULT,
                PageConfig.DEFAULT,
                ManagementConfig.OFF,
                AuditConfig.of(defaults.audit().node()),
                LogFormat.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PushConfig.DEFAULT));
  }
}
