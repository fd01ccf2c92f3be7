package org.certcollect.server.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The time that a server spends on a new TLS 1.3 connection, until it has answered the client's
 * first message: its signature is most of it. Each server gets the same message again and again.
 */
final class HandshakeCost {
  private static final String VERSION = "TLSv1.3";
  private static final int ROUNDS = 20;

  private HandshakeCost() {}

  /**
   * The least for each of the servers, which take turns. Compilers and others on the core only add
   * to it, and at a start they add much.
   */
  static List<Duration> of(ServerKeys... servers) throws SSLException {
    SslContext[] contexts = new SslContext[servers.length];
    try {
      for (int i = 0; i < servers.length; i++) {
        contexts[i] =
            ServerContext.open(servers[i], List.of(builder -> builder.protocols(VERSION)));
      }
      byte[] hello = hello();
      long[] least = new long[servers.length];
      Arrays.fill(least, Long.MAX_VALUE);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < servers.length; i++) {
          least[i] = Math.min(least[i], answer(contexts[i], hello));
        }
      }
      return Arrays.stream(least).mapToObj(Duration::ofNanos).toList();
    } finally {
      for (SslContext context : contexts) {
        ReferenceCountUtil.release(context);
      }
    }
  }

  /** The first message of a client that trusts everyone. It never goes on. */
  private static byte[] hello() throws SSLException {
    SslContext context =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .protocols(VERSION)
            .build();
    try {
      SSLEngine client = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
      try {
        ByteBuffer out = buffer(client);
        client.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
      } finally {
        end(client);
      }
    } finally {
      ReferenceCountUtil.release(context);
    }
  }

  private static long answer(SslContext context, byte[] hello) throws SSLException {
    SSLEngine server = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
    try {
      ByteBuffer in = ByteBuffer.wrap(hello);
      ByteBuffer out = buffer(server);
      long start = System.nanoTime();
      server.beginHandshake();
      HandshakeStatus next = HandshakeStatus.NEED_UNWRAP;
      while (next != HandshakeStatus.NEED_UNWRAP || in.hasRemaining()) {
        switch (next) {
          case NEED_UNWRAP -> next = next(server.unwrap(in, out));
          // A long chain of certificates takes several records, which nobody reads.
          case NEED_WRAP -> next = next(server.wrap(ByteBuffer.allocate(0), out.clear()));
          case NEED_TASK -> {
            for (Runnable task = server.getDelegatedTask();
                task != null;
                task = server.getDelegatedTask()) {
              task.run();
            }
            next = server.getHandshakeStatus();
          }
          default -> throw new SSLException("a handshake without the client's answer: " + next);
        }
      }
      return System.nanoTime() - start;
    } finally {
      end(server);
    }
  }

  private static HandshakeStatus next(SSLEngineResult result) throws SSLException {
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new SSLException("a message of the handshake does not fit into the buffer");
    }
    return result.getHandshakeStatus();
  }

  private static ByteBuffer buffer(SSLEngine engine) {
    return ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
  }

  /**
   * Ends an engine and its hold on its context. The garbage collector would do so in any order, and
   * Netty logs an exception if the context goes first.
   */
  private static void end(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }
}
