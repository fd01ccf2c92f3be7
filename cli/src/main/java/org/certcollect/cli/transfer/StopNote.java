package org.certcollect.cli.transfer;

/**
 * A note that is printed if a signal, for example Ctrl-C, ends the program before the note is
 * cancelled.
 */
final class StopNote {
  private final Thread hook;

  /**
   * Creates a note and holds it ready.
   *
   * @param print prints the note; called by another thread while the program still works
   */
  StopNote(Runnable print) {
    hook = new Thread(print, "stop-note");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being ended already, before there is anything to tell.
    }
  }

  void cancel() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being ended. The note was printed if it was held ready.
    }
  }
}
