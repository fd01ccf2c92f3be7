package org.certcollect.protocol;

/**
 * The way in which a request came.
 *
 * @param secure whether it came over HTTPS
 * @param post whether its method was POST
 */
public record Transport(boolean secure, boolean post) {}
