package org.certcollect.server.http;

/**
 * The bytes of memory that one connection makes the server hold: its request from the first byte
 * until it is answered, the bytes received after that request, and the responses that its client
 * has not yet read. They are estimates, on the high side. Confined to the connection's event loop,
 * except for {@link #told} and {@link #end}.
 *
 * <p>The {@link MemoryBudget} is told when a read is over: most requests are answered within the
 * read that brought them, and cost it nothing.
 */
final class HeldBytes {
  private final MemoryBudget budget;
  private final Runnable cutter;
  private long ofRequest;
  private boolean awaitsAnswer;
  private long now;
  private boolean reading;
  private volatile long told;
  private volatile boolean ended;

  /**
   * @param cutter ends the connection at once, from any thread
   */
  HeldBytes(MemoryBudget budget, Runnable cutter) {
    this.budget = budget;
    this.cutter = cutter;
  }

  /** Counts the start of a request. The request before it is answered. */
  void begin(int bytes) {
    awaitsAnswer = true;
    addToRequest(bytes);
  }

  /** Counts more bytes of the request, unless it was answered already, as then they are dropped. */
  void addToRequest(int bytes) {
    if (awaitsAnswer) {
      ofRequest += bytes;
      now += bytes;
    }
  }

  /** Counts the request no more: it is answered, or refused. */
  void answered() {
    awaitsAnswer = false;
    now -= ofRequest;
    ofRequest = 0;
    tell();
  }

  /** Whether a request has begun that is not yet answered. */
  boolean awaitsAnswer() {
    return awaitsAnswer;
  }

  /** Counts bytes that do not belong to the request; a negative number for fewer. */
  void add(int bytes) {
    now += bytes;
  }

  void readBegins() {
    reading = true;
  }

  void readEnds() {
    reading = false;
    tell();
  }

  boolean isReading() {
    return reading;
  }

  /** Tells the budget, unless a read is under way, which will tell it at its end. */
  void tell() {
    if (reading || now == told) {
      return;
    }
    long change;
    synchronized (this) {
      if (ended) {
        return;
      }
      change = now - told;
      told = now;
    }
    budget.changed(this, change);
  }

  /** The bytes that the budget was told last. */
  long told() {
    return told;
  }

  /** Ends the count of a connection that is closed or about to be. Returns the bytes told last. */
  synchronized long end() {
    long last = told;
    ended = true;
    told = 0;
    return last;
  }

  /** Whether the connection is closed, or about to be. */
  boolean isEnded() {
    return ended;
  }

  void cut() {
    cutter.run();
  }
}
