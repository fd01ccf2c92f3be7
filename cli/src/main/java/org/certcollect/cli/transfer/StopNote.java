package org.certcollect.cli.transfer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A note that is printed if a signal, for example Ctrl-C, ends the program before the note is
 * cancelled.
 */
final class StopNote {
  /** The maximum time that a standard error which takes nothing can keep the program alive. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final AtomicBoolean isPending = new AtomicBoolean(true);
  private final Thread hook = new Thread(this::print, "stop-note");
  private final Runnable note;

  /**
   * Creates a note and holds it ready.
   *
   * @param note prints the note; called by another thread while the program still works
   */
  StopNote(Runnable note) {
    this.note = note;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being ended already, before there is anything to tell.
    }
  }

  private void print() {
    if (!isPending.getAndSet(false)) {
      return;
    }
    Thread printer = new Thread(note, "stop-note-printer");
    printer.setDaemon(true);
    printer.start();
    try {
      printer.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Drops the note. Called once. If a signal is ending the program and the note is printed, this
   * method does not return, so that no result contradicts the note.
   */
  void cancel() {
    if (!isPending.getAndSet(false)) {
      while (true) {
        LockSupport.park();
      }
    }
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being ended, and the hook has nothing left to print.
    }
  }
}
