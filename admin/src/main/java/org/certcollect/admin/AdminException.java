package org.certcollect.admin;

/**
 * The superclass of all failures of this module. The message names the cause in words that fit any
 * front end. Each front end adds the instruction for its users.
 */
public abstract class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected AdminException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
