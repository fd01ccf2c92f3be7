package org.certcollect.admin;

/**
 * The superclass of the failures of this module. The message says what is wrong, in words that fit
 * any front end; each front end adds what its user can do.
 */
public abstract class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AdminException(String message) {
    super(message);
  }
}
