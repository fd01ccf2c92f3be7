/**
 * A client of CollectSSL and CollectCCC, the calls that hand out issued certificates. It needs no
 * library beside {@code certcollect-protocol}. This program waits until a server certificate is
 * issued, and writes the files of a web server:
 *
 * <pre>{@code
 * import java.net.URI;
 * import java.nio.file.Files;
 * import java.nio.file.Path;
 * import java.time.Duration;
 * import org.certcollect.client.AccountLogin;
 * import org.certcollect.client.CertificateChain;
 * import org.certcollect.client.CollectAnswer;
 * import org.certcollect.client.CollectAnswer.Attached;
 * import org.certcollect.client.CollectAnswer.Processing;
 * import org.certcollect.client.CollectAnswer.Refused;
 * import org.certcollect.client.CollectClient;
 * import org.certcollect.client.CollectException;
 * import org.certcollect.client.CollectQuery;
 * import org.certcollect.client.Polling;
 *
 * public class CollectExample {
 *   public static void main(String[] args) throws Exception {
 *     CollectClient client = CollectClient.of(URI.create("https://collect.example.com"));
 *     AccountLogin login = AccountLogin.of("acme", Files.readString(Path.of("password")).strip());
 *     CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(login, 1001);
 *     try {
 *       CollectAnswer<CertificateChain> answer =
 *           client.await(query, Polling.upTo(Duration.ofHours(24)));
 *       if (answer instanceof Attached<CertificateChain> issued) {
 *         Files.writeString(Path.of("www.crt"), issued.content().certificatePem());
 *         Files.writeString(Path.of("www.ca-bundle"), issued.content().caBundlePem());
 *       } else if (answer instanceof Processing) {
 *         System.err.println("not issued yet: try again later");
 *       } else if (answer instanceof Refused<CertificateChain> refused) {
 *         System.err.println(refused.code() + ": " + refused.message());
 *       }
 *     } catch (CollectException e) {
 *       System.err.println(e.getMessage() + (e.isTemporary() ? " (temporary)" : ""));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>To ask once, call {@link org.certcollect.client.CollectClient#collect} instead of {@link
 *       org.certcollect.client.CollectClient#await}.
 *   <li>To know only the status, ask {@code query.statusOnly()}. An issued order is then {@link
 *       org.certcollect.client.CollectAnswer.Available}.
 *   <li>To collect a client certificate by its collection code, ask {@code
 *       CollectQuery.clientCertificate(code)}.
 *   <li>To trust a server with a certificate of your own CA, see {@link
 *       org.certcollect.client.ServerTrust} and {@link
 *       org.certcollect.client.CollectClient#builder}.
 * </ul>
 *
 * <p>All classes are immutable and safe for use by many threads, unless they say otherwise. No
 * password, login or collection code is part of a {@code toString}, of an exception or of a log;
 * the library does not log. The text of a refusal is the server's own: secrets in it are masked as
 * they were sent and URL-encoded, but a server that knows them can write them in other ways.
 */
@NullMarked
package org.certcollect.client;

import org.jspecify.annotations.NullMarked;
