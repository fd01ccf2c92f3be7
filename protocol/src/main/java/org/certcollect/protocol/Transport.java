package org.certcollect.protocol;

/**
 * How a request came.
 *
 * @param secure whether over HTTPS
 * @param post whether its method was POST
 */
public record Transport(boolean secure, boolean post) {}
