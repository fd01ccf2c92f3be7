package org.certcollect.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.NoSuchElementException;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.http.StartCheck;
import org.certcollect.server.tls.ServerKeyReader;
import org.certcollect.server.tls.ServerKeys;

/** Reads the TLS files that are configured. */
final class ConfiguredKeys {
  private ConfiguredKeys() {}

  /**
   * The keys of the files.
   *
   * @throws StartException if they cannot be used
   */
  static ServerKeys read(TlsConfig tls) {
    try {
      return ServerKeyReader.read(tls);
    } catch (GeneralSecurityException | IOException | IllegalStateException e) {
      throw new StartException(StartCheck.tls(e), e);
    } catch (ClassCastException | NullPointerException | NoSuchElementException e) {
      // Parsers of keys throw them for a structure that they did not expect.
      throw new StartException("a TLS file cannot be read: it is not what its kind promises", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the TLS files were read", e);
    }
  }
}
