package org.certcollect.server.http;

/**
 * Where a request started out.
 *
 * @param address the client's address
 * @param secure whether it went over HTTPS from there
 */
record Origin(String address, boolean secure) {}
