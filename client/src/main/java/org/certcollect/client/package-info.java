/**
 * A client of CollectSSL and CollectCCC. It needs no library beside {@code certcollect-protocol}.
 *
 * <pre>{@code
 * CollectClient client = CollectClient.of(URI.create("https://collect.example.com"));
 * AccountLogin login = AccountLogin.of("acme", password);
 *
 * CollectAnswer<CertificateChain> answer =
 *     client.collect(CollectQuery.serverCertificate(login, 1001));
 * if (answer instanceof CollectAnswer.Attached<CertificateChain> issued) {
 *   Files.writeString(Path.of("www.crt"), issued.content().certificatePem());
 *   Files.writeString(Path.of("www.ca-bundle"), issued.content().caBundlePem());
 * }
 * }</pre>
 *
 * <p>Start with {@link org.certcollect.client.CollectClient}. All classes are immutable and safe
 * for use by many threads. No password, login or collection code is part of a {@code toString}, of
 * an exception or of a log; the library does not log.
 */
@NullMarked
package org.certcollect.client;

import org.jspecify.annotations.NullMarked;
