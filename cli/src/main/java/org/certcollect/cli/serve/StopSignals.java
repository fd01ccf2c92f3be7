package org.certcollect.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Waits for the signals that stop a server, so that the verb can clean up and end with exit code 0.
 * With a shutdown hook, the JVM would exit with 143 unless the hook calls {@code halt}, and {@code
 * halt} leaves the temporary files of libraries behind.
 *
 * <p>{@code sun.misc.Signal} is in the supported module {@code jdk.unsupported}, but javac warns of
 * it with a warning that cannot be turned off. Therefore this class uses reflection.
 */
public final class StopSignals {
  private enum Order {
    STOP,
    RELOAD,
    DRAIN
  }

  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  private StopSignals() {}

  /**
   * Installs the handlers: the first signal ends the wait, the next one ends the process.
   *
   * @param serves whether SIGHUP asks for a reload instead, and SIGUSR1 for draining
   */
  public static StopSignals install(boolean serves) {
    StopSignals signals = new StopSignals();
    signals.handle("TERM", Order.STOP);
    signals.handle("INT", Order.STOP);
    signals.handle("HUP", serves ? Order.RELOAD : Order.STOP);
    if (serves) {
      signals.handle("USR1", Order.DRAIN);
    }
    return signals;
  }

  /** Ends the wait, as a signal does. */
  void stop() {
    orders.add(Order.STOP);
  }

  /** Waits for a signal to stop or an interrupt. */
  public void await() {
    await(() -> {}, () -> {});
  }

  /** Waits likewise, and runs here what the other signals ask for. */
  void await(Runnable reload, Runnable drain) {
    try {
      for (Order order = orders.take(); order != Order.STOP; order = orders.take()) {
        (order == Order.RELOAD ? reload : drain).run();
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
