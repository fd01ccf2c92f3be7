package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The orders that are asked for, and what certcollect answers, as files below nginx's root.
 *
 * @param samples in the order that they are asked for
 */
record Answers(Path www, String password, List<Sample> samples) {
  private static final int COUNT = 1_000;
  private static final String ENDPOINT = "/products/download/CollectSSL";
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  /** Takes those with a chain of 3 from candidates, and writes the answers of a server. */
  static Answers write(Path www, String password, List<Sample> candidates, Https server)
      throws IOException {
    for (Answer answer : Answer.values()) {
      Files.createDirectories(www.resolve(answer.word()));
    }
    List<Sample> chosen = new ArrayList<>();
    for (Sample sample : candidates) {
      byte[] pem = server.post(ENDPOINT, Answer.PEM.form(sample, password));
      if (new String(pem, StandardCharsets.US_ASCII).split(BEGIN, -1).length == 1 + 3) {
        chosen.add(sample);
      }
      if (chosen.size() == COUNT) {
        break;
      }
    }
    if (chosen.isEmpty()) {
      throw new BenchException("no order has a chain of 3: take more --orders");
    }
    // Neighbours in the store are not asked for one after the other.
    Collections.shuffle(chosen, new Random(1));
    Answers answers = new Answers(www, password, List.copyOf(chosen));
    for (Sample sample : chosen) {
      for (Answer answer : Answer.values()) {
        byte[] body = server.post(ENDPOINT, answer.form(sample, password));
        Files.write(answers.file(answer, sample), body);
      }
    }
    return answers;
  }

  /** Those of the orders up to a number, from accounts with another password. */
  Answers upTo(long last, String itsPassword) {
    return new Answers(
        www, itsPassword, samples.stream().filter(sample -> sample.number() <= last).toList());
  }

  /** Where nginx serves the file. */
  static String path(Answer answer, Sample sample) {
    return "/" + answer.word() + "/" + sample.number();
  }

  /** Fails unless a server that serves files gives the same bytes. */
  void checkFiles(String server, Https client) throws IOException {
    for (Answer answer : Answer.values()) {
      for (Sample sample : samples) {
        check(server, answer, sample, client.get(path(answer, sample)));
      }
    }
  }

  /** Fails unless a server that takes requests gives the same bytes. */
  void checkPosts(String server, Https client) throws IOException {
    for (Answer answer : Answer.values()) {
      checkPosts(server, client, ENDPOINT, answer);
    }
  }

  void checkPosts(String server, Https client, String endpoint, Answer answer) throws IOException {
    for (Sample sample : samples) {
      check(server, answer, sample, client.post(endpoint, answer.form(sample, password)));
    }
  }

  /** Writes the load client's list of files to get. */
  Path getTargets(Path folder, Answer answer) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Sample sample : samples) {
      lines.add(
          String.format(
              Locale.ROOT, "GET\t%s\t\t%d", path(answer, sample), length(answer, sample)));
    }
    return Files.write(folder.resolve("get-" + answer.word()), lines);
  }

  /** Writes the load client's list of requests to post. */
  Path postTargets(Path folder, Answer answer) throws IOException {
    return postTargets(folder.resolve("post-" + answer.word()), ENDPOINT, answer);
  }

  Path postTargets(Path file, String endpoint, Answer answer) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Sample sample : samples) {
      String form = answer.form(sample, password);
      lines.add(
          String.format(Locale.ROOT, "POST\t%s\t%s\t%d", endpoint, form, length(answer, sample)));
    }
    return Files.write(file, lines);
  }

  /** Waits until a server that has been started answers, even if with a refusal. */
  static void awaitAny(Https client, Process server) {
    Readiness.await(server, () -> client.post(ENDPOINT, "").length > 0);
  }

  /** Waits until it answers a caller with a password. */
  void awaitCollect(Https client, Process server) {
    Sample sample = samples.get(0);
    Readiness.await(
        server, () -> client.post(ENDPOINT, Answer.STATUS.form(sample, password)).length > 0);
  }

  private void check(String server, Answer answer, Sample sample, byte[] body) throws IOException {
    if (!Arrays.equals(body, Files.readAllBytes(file(answer, sample)))) {
      throw new BenchException(
          String.format(
              Locale.ROOT,
              "%s answers other bytes than certcollect did: %s of order %d",
              server,
              answer.word(),
              sample.number()));
    }
  }

  private Path file(Answer answer, Sample sample) {
    return www.resolve(answer.word()).resolve(String.valueOf(sample.number()));
  }

  private long length(Answer answer, Sample sample) throws IOException {
    return Files.size(file(answer, sample));
  }
}
