package org.certcollect.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for the signals that end a server, so that a verb can go on, tidy up, and end with the exit
 * code 0. A shutdown hook could only call {@code halt}, or the JVM exits with 143; and {@code halt}
 * leaves the libraries' temporary files behind.
 *
 * <p>{@code sun.misc.Signal} is in the supported module {@code jdk.unsupported}, but javac warns of
 * it in a way that nothing turns off: hence the reflection.
 */
public final class StopSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignals() {}

  /** From now on, the first signal ends the wait; the next one ends the process at once. */
  public static StopSignals install() {
    StopSignals signals = new StopSignals();
    NAMES.forEach(signals::handle);
    return signals;
  }

  /** Returns when a signal has come, or the thread is interrupted. */
  public void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(String name) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object byDefault = handlerType.getField("SIG_DFL").get(null);
      var handle = signalType.getMethod("handle", signalType, handlerType);
      InvocationHandler stop =
          (proxy, method, arguments) -> {
            handle.invoke(null, signal, byDefault);
            stopped.countDown();
            return null;
          };
      handle.invoke(
          null,
          signal,
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, stop));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle the signal " + name, e);
    }
  }
}
