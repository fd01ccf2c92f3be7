package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the servers of a stage take part in its workloads.
 *
 * @param folder of the load client's lists
 * @param port certcollect's
 * @param php where a workload wants it
 */
record Contenders(
    Answers answers,
    Path folder,
    Nginx nginx,
    int port,
    Process certcollect,
    Optional<Process> php) {
  List<Contender> of(Workload workload) throws IOException {
    List<Contender> all = new ArrayList<>();
    all.add(
        new Contender(
            Contender.CERTCOLLECT,
            port,
            answers.postTargets(folder, workload.answer()),
            ServerProcesses.of(certcollect),
            Optional.of(certcollect)));
    Path files = answers.getTargets(folder, workload.answer());
    KeyType key = workload.stage().key();
    all.add(nginx(Contender.NGINX, nginx.port(key), files));
    if (workload.scripts() && php.isPresent()) {
      all.add(script("php, HMAC", Php.HMAC, workload, php.get()));
      all.add(script("php, Argon2id", Php.ARGON2ID, workload, php.get()));
    } else {
      all.add(nginx(Contender.NGINX_WITHOUT_LOG, nginx.silentPort(key), files));
    }
    return all;
  }

  private Contender nginx(String name, int itsPort, Path targets) {
    return new Contender(
        name, itsPort, targets, ServerProcesses.of(nginx.process()), Optional.empty());
  }

  private Contender script(String name, String path, Workload workload, Process php)
      throws IOException {
    int itsPort = nginx.port(workload.stage().key());
    Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
    return new Contender(
        name,
        itsPort,
        answers.postTargets(file, path, workload.answer()),
        ServerProcesses.of(nginx.process(), php),
        Optional.empty());
  }
}
