package org.certcollect.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TLS keys with their self-signed certificates, made for one run; all servers use the same. */
record ServerKeys(Path folder) {
  static ServerKeys make(Path folder, Children children) {
    ServerKeys keys = new ServerKeys(folder);
    for (KeyType type : KeyType.values()) {
      List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey"));
      command.addAll(type.openSsl());
      command.addAll(List.of("-nodes", "-sha256", "-days", "30", "-subj", "/CN=localhost"));
      command.addAll(List.of("-addext", "subjectAltName=DNS:localhost"));
      command.addAll(List.of("-keyout", keys.key(type).toString()));
      command.addAll(List.of("-out", keys.certificate(type).toString()));
      children.run(command, folder.resolve("openssl.log"));
    }
    return keys;
  }

  Path key(KeyType type) {
    return folder.resolve(type.word() + ".key");
  }

  Path certificate(KeyType type) {
    return folder.resolve(type.word() + ".crt");
  }
}
