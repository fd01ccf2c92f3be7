package org.certcollect.cli.serve;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.management.HealthRoutes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs that talk to the server that runs on a data folder, over its Unix socket. */
public final class ServerVerbs {
  private static final Duration POLL = Duration.ofMillis(100);

  private ServerVerbs() {}

  private record Answer(int status, String body) {}

  /** The option that both verbs have, and the question to the server. */
  private static final class Server {
    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        defaultValue = "10s",
        description = "Maximum time to wait for an answer of the server (default: 10s).")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    Answer ask(Shell shell, String method, String path) {
      Path socket = shell.dataFolder().file(DataFolder.MANAGEMENT_SOCKET);
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        Executor later =
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        // A channel has no deadline of its own, and ends all waits when it is closed.
        later.execute(() -> close(channel));
        channel.connect(UnixDomainSocketAddress.of(socket));
        String request =
            "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n%s: %s\r\nConnection: close\r\n\r\n"
                .formatted(
                    method,
                    path,
                    json ? "application/json" : "text/plain",
                    HealthRoutes.ACTOR,
                    actor(shell));
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        String answer =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        int body = answer.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.substring(body + 4));
      } catch (ClosedChannelException e) {
        throw CommandException.unreachable(
            "the server on %s does not answer within %s ms: look at its log, or restart it"
                .formatted(socket, Long.toString(timeout.toMillis())),
            e);
      } catch (IOException | RuntimeException e) {
        throw CommandException.unreachable(
            "no server answers on %s (%s): start one on this folder, or name another with --data"
                .formatted(socket, e.getMessage()),
            e);
      }
    }

    /** The name of the actor, as a header field can have it. */
    private static String actor(Shell shell) {
      return shell.actor().name().replaceAll("[^ -~]", "?");
    }

    private static void close(SocketChannel channel) {
      try {
        channel.close();
      } catch (IOException e) {
        // It waits for nothing any more.
      }
    }
  }

  @Command(
      name = "status",
      description = {
        "Show the state of the server that runs on the data folder.",
        "Exit code: 0 it is ready; 1 it runs, and is not ready or drains; 3 none answers in time.",
        ""
      })
  public static final class StatusVerb implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Server server = new Server();

    public StatusVerb(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      Answer answer = server.ask(shell, "GET", "/status");
      answer.body().lines().forEach(shell.output()::line);
      return answer.status() == 200 ? ExitCode.DONE : ExitCode.REFUSED;
    }
  }

  @Command(
      name = "drain",
      description = {
        "Take the server that runs on the data folder out of service, before it is stopped.",
        "/readyz is red from now on, and each answer ends its connection. New requests are still"
            + " answered, until the load balancer sends none. SIGUSR1 does the same.",
        "Exit code: 0 done; 75 connections are still open after --wait; 3 none answers in time.",
        ""
      })
  public static final class DrainVerb implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final Server server = new Server();

    @Option(names = "--cancel", description = "Put the server back into service.")
    private boolean cancel;

    @Option(
        names = "--wait",
        paramLabel = "TIME",
        description = "Maximum time to wait until no connection is open (default: no wait).")
    private Optional<Duration> wait = Optional.empty();

    public DrainVerb(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      Answer answer = server.ask(shell, cancel ? "DELETE" : "POST", "/drain");
      long end = System.nanoTime() + wait.orElse(Duration.ZERO).toNanos();
      while (isOpen(answer) && System.nanoTime() < end) {
        try {
          Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
        answer = server.ask(shell, "GET", "/drain");
      }
      answer.body().lines().forEach(shell.output()::line);
      return wait.isPresent() && isOpen(answer) ? ExitCode.PENDING : ExitCode.DONE;
    }

    private static boolean isOpen(Answer answer) {
      return !answer.body().matches("(?s).*\\bconnections\"?: ?0\\b.*");
    }
  }
}
