package org.certcollect.protocol.cells;

/** The HTTP methods that get an answer of the protocol. */
public enum Method {
  POST,
  GET,
  HEAD
}
