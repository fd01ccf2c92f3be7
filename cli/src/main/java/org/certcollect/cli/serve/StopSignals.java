package org.certcollect.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Waits for the signals that end a server, so that a verb can go on, tidy up, and end with the exit
 * code 0. A shutdown hook could only call {@code halt}, or the JVM exits with 143; and {@code halt}
 * leaves the libraries' temporary files behind.
 *
 * <p>{@code sun.misc.Signal} is in the supported module {@code jdk.unsupported}, but javac warns of
 * it in a way that nothing turns off: hence the reflection.
 */
public final class StopSignals {
  private enum Order {
    STOP,
    RELOAD
  }

  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  private StopSignals() {}

  /** From now on, the first signal ends the wait; the next one ends the process at once. */
  public static StopSignals install() {
    return install(Order.STOP);
  }

  /** Likewise, except for SIGHUP, by which daemons are told to read their files anew. */
  public static StopSignals installWithReload() {
    return install(Order.RELOAD);
  }

  private static StopSignals install(Order atHangUp) {
    StopSignals signals = new StopSignals();
    signals.handle("TERM", Order.STOP);
    signals.handle("INT", Order.STOP);
    signals.handle("HUP", atHangUp);
    return signals;
  }

  /** Returns when a signal to stop has come, or the thread is interrupted. */
  public void await() {
    await(() -> {});
  }

  /** Likewise, and reloads, on this thread, for each signal to do so that comes before. */
  public void await(Runnable reload) {
    try {
      while (orders.take() == Order.RELOAD) {
        reload.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(String name, Order order) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object byDefault = handlerType.getField("SIG_DFL").get(null);
      var handle = signalType.getMethod("handle", signalType, handlerType);
      InvocationHandler take =
          (proxy, method, arguments) -> {
            if (order == Order.STOP) {
              handle.invoke(null, signal, byDefault);
            }
            orders.add(order);
            return null;
          };
      handle.invoke(
          null,
          signal,
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, take));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle the signal " + name, e);
    }
  }
}
