package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.Certificate;

/** The mapping of chains, the issuers above end entities; each distinct chain is kept once. */
public final class ChainRow {
  private static final String INSERT =
      "INSERT INTO chain (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING RETURNING id";
  private static final String BY_DIGEST = "SELECT id FROM chain WHERE digest = ?";
  private static final String INSERT_MEMBER =
      "INSERT INTO chain_member (chain_id, position, ca_certificate_id) VALUES (?, ?, ?)";
  private static final String MEMBERS =
      "SELECT "
          + CertificateRow.COLUMNS
          + """
           FROM chain_member m JOIN ca_certificate c ON c.id = m.ca_certificate_id
          WHERE m.chain_id = ? ORDER BY m.position
          """;

  private ChainRow() {}

  /** The key of the chain of these issuers, kept now if it was not. */
  public static long keep(Session session, List<Certificate> issuers) throws SQLException {
    byte[] digest = Digests.sha256(issuers.stream().map(Certificate::sha256).toList());
    Optional<Long> known = session.first(BY_DIGEST, Row::number, digest);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Long> added = session.first(INSERT, Row::number, digest);
    if (added.isEmpty()) {
      // Another node was first between the two statements.
      return session.first(BY_DIGEST, Row::number, digest).orElseThrow();
    }
    for (int position = 0; position < issuers.size(); position++) {
      Certificate issuer = issuers.get(position);
      CaCertificateRow.keep(session, issuer);
      long id = CaCertificateRow.id(session, issuer).orElseThrow();
      session.update(INSERT_MEMBER, added.get(), position, id);
    }
    return added.get();
  }

  public static List<Certificate> issuers(Session session, long chain) throws SQLException {
    return session.list(MEMBERS, CertificateRow::read, chain);
  }
}
