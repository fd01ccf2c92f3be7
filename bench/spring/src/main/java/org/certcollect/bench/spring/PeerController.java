package org.certcollect.bench.spring;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint for orders of server certificates. */
@RestController
public class PeerController {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final PeerLogins logins;
  private final PeerOrders orders;

  PeerController(PeerLogins logins, PeerOrders orders) {
    this.logins = logins;
    this.orders = orders;
  }

  @PostMapping(path = "/products/download/CollectSSL", produces = MediaType.TEXT_PLAIN_VALUE)
  String collect(
      @RequestParam(defaultValue = "") String loginName,
      @RequestParam(defaultValue = "") String loginPassword,
      @RequestParam(defaultValue = "0") long orderNumber,
      @RequestParam(defaultValue = "0") int queryType) {
    Optional<Long> account = orders.account(loginName);
    if (account.isEmpty() || !logins.isRight(loginName, loginPassword)) {
      return "-16\nPermission denied!\n";
    }
    return orders
        .order(orderNumber, account.get())
        .map(order -> answer(order, queryType))
        .orElse("-4\nThe value of the 'orderNumber' argument is invalid!\n");
  }

  private String answer(PeerOrders.Found order, int queryType) {
    return switch (order.state()) {
      case "AWAITING_PAYMENT" -> "-22\nStill awaiting payment!\n";
      case "REJECTED" -> "-20\nThe certificate request has been rejected!\n";
      case "REVOKED" -> "-21\nThe certificate has been revoked!\n";
      case "PROCESSING" -> "0\n";
      default -> queryType == 0 ? "1\n" : "2\n" + chain(order);
    };
  }

  private String chain(PeerOrders.Found order) {
    StringBuilder text = new StringBuilder();
    orders.issuers(order.chain()).forEach(der -> text.append(pem(der)));
    return text.append(pem(order.der())).toString();
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + LINES.encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}
