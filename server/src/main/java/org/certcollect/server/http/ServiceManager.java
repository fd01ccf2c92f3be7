package org.certcollect.server.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;

/**
 * The service manager that started this process, if it asked to be told how far the process is: a
 * systemd unit with {@code Type=notify}, see sd_notify(3).
 */
public final class ServiceManager {
  private static final Logger LOG = Logger.getLogger("certcollect.management");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private ServiceManager() {}

  /** Sends a state, for example {@code READY=1}, to the socket that the environment names. */
  public static void tell(Map<String, String> environment, String state) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (socket.isEmpty()) {
      return;
    }
    if (!Epoll.isAvailable()) {
      if (state.startsWith("READY=1")) {
        LogEvent.warning(
                "systemd cannot be told that the server is ready, and waits for it; set Type=exec"
                    + " in the unit")
            .with("problem", String.valueOf(Epoll.unavailabilityCause()))
            .to(LOG);
      }
      return;
    }
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      // A name that begins with @ has a zero byte there: a socket without a file.
      Channel channel =
          new Bootstrap()
              .group(group)
              .channel(EpollDomainDatagramChannel.class)
              .handler(new ChannelHandlerAdapter() {})
              .connect(new DomainSocketAddress(socket.replaceFirst("^@", "\0")))
              .syncUninterruptibly()
              .channel();
      channel
          .writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8))
          .syncUninterruptibly();
      channel.close().awaitUninterruptibly(TIMEOUT.toMillis());
    } catch (RuntimeException e) {
      LogEvent.warning("The service manager cannot be told the state of the server")
          .with("problem", String.valueOf(e.getMessage()))
          .to(LOG);
    } finally {
      var unused = group.shutdownGracefully(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
