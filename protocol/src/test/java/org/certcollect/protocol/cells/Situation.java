package org.certcollect.protocol.cells;

import java.util.Locale;
import java.util.Optional;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.OrderSetUp.State;

/** A caller and an order. The texts of a caller are those that he means to send. */
public enum Situation {
  ISSUED(10, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, Situation.MAIN_CHAIN),
  /** Only the end entity is known. */
  ISSUED_ALONE(11, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, "chain-1"),
  /** The order number names the files of an archive. */
  ISSUED_WITHOUT_DNS_NAME(
      12, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, "no-dns-name"),
  EXPIRED(13, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, "expired"),
  AWAITING_PAYMENT(
      14, TestAccount.RESELLER, TestAccount.RESELLER, State.AWAITING_PAYMENT, Situation.NO_CHAIN),
  PROCESSING(15, TestAccount.RESELLER, TestAccount.RESELLER, State.PROCESSING, Situation.NO_CHAIN),
  REJECTED(16, TestAccount.RESELLER, TestAccount.RESELLER, State.REJECTED, Situation.NO_CHAIN),
  REVOKED(17, TestAccount.RESELLER, TestAccount.RESELLER, State.REVOKED, Situation.MAIN_CHAIN),
  UNKNOWN_LOGIN(18),
  /** The order has a certificate that must not leak, as in the other situations below. */
  WRONG_PASSWORD(19, TestAccount.GUESSED, TestAccount.GUESSED, State.ISSUED, Situation.MAIN_CHAIN),
  ACCOUNT_DISABLED(
      20, TestAccount.DISABLED, TestAccount.DISABLED, State.ISSUED, Situation.MAIN_CHAIN),
  ACCOUNT_NOT_ENABLED(
      21, TestAccount.NOT_ENABLED, TestAccount.NOT_ENABLED, State.ISSUED, Situation.MAIN_CHAIN),
  ORDER_UNKNOWN(22, TestAccount.RESELLER),
  ORDER_OF_ANOTHER_ACCOUNT(
      23, TestAccount.RESELLER, TestAccount.NEIGHBOUR, State.ISSUED, Situation.MAIN_CHAIN),
  /** Not even the state may leak. */
  REJECTED_ORDER_OF_ANOTHER_ACCOUNT(
      24, TestAccount.RESELLER, TestAccount.NEIGHBOUR, State.REJECTED, Situation.NO_CHAIN),
  /** The order of {@link #ISSUED} at the other endpoint. */
  ORDER_OF_THE_OTHER_PRODUCT(25, TestAccount.RESELLER),
  /** The request has only a collection code. */
  CODE_UNKNOWN(26),
  PASSWORD_WITH_PERCENT(
      27, TestAccount.PERCENT, TestAccount.PERCENT, State.ISSUED, Situation.MAIN_CHAIN),
  PASSWORD_WITH_UMLAUTS(
      28, TestAccount.UMLAUT, TestAccount.UMLAUT, State.ISSUED, Situation.MAIN_CHAIN),
  PASSWORD_WITH_BLANKS(
      29, TestAccount.BLANK, TestAccount.BLANK, State.ISSUED, Situation.MAIN_CHAIN),
  LONGEST_LOGIN(30, TestAccount.LONGEST, TestAccount.LONGEST, State.ISSUED, Situation.MAIN_CHAIN),
  /** Its number is 2^63-1 on CollectSSL, one less on CollectCCC. */
  HIGHEST_ORDER_NUMBER(
      31, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, Situation.MAIN_CHAIN),
  /** The store fails when it is asked for the order. */
  OWN_FAILURE(32, TestAccount.RESELLER, TestAccount.RESELLER, State.ISSUED, Situation.MAIN_CHAIN);

  /** The chain that most golden files hold: three certificates, and small. */
  public static final String MAIN_CHAIN = "chain-3";

  private static final String NO_CHAIN = "";

  private final int number;
  private final Optional<TestAccount> caller;
  private final Optional<TestAccount> owner;
  private final Optional<State> state;
  private final String chain;

  Situation(int number) {
    this(number, Optional.empty(), Optional.empty(), Optional.empty(), NO_CHAIN);
  }

  Situation(int number, TestAccount caller) {
    this(number, Optional.of(caller), Optional.empty(), Optional.empty(), NO_CHAIN);
  }

  Situation(int number, TestAccount caller, TestAccount owner, State state, String chain) {
    this(number, Optional.of(caller), Optional.of(owner), Optional.of(state), chain);
  }

  Situation(
      int number,
      Optional<TestAccount> caller,
      Optional<TestAccount> owner,
      Optional<State> state,
      String chain) {
    this.number = number;
    this.caller = caller;
    this.owner = owner;
    this.state = state;
    this.chain = chain;
  }

  /** The order to set up at each endpoint; empty if the situation needs none of its own. */
  public Optional<OrderSetUp> order() {
    Optional<String> issued = Optional.of(chain).filter(name -> !name.equals(NO_CHAIN));
    return state.map(known -> new OrderSetUp(owner.orElseThrow(), known, issued));
  }

  /** The login that the caller sends. */
  public String login() {
    return caller.map(TestAccount::login).orElse("nobody");
  }

  /** The password that the caller sends: not always the right one. */
  public String password() {
    return switch (this) {
      case WRONG_PASSWORD -> "Wrong-Password-1";
      default -> caller.map(TestAccount::password).orElse("Right-Password-1");
    };
  }

  /** The order number that the caller sends, and that its order is to have. */
  public long orderNumber(Endpoint endpoint) {
    boolean ssl = endpoint == Endpoint.COLLECT_SSL;
    return switch (this) {
      case HIGHEST_ORDER_NUMBER -> ssl ? Long.MAX_VALUE : Long.MAX_VALUE - 1;
      case UNKNOWN_LOGIN -> ISSUED.orderNumber(endpoint);
      case ORDER_OF_THE_OTHER_PRODUCT -> 1234500 + (ssl ? 50 : 0) + ISSUED.number;
      default -> 1234500 + (ssl ? 0 : 50) + number;
    };
  }

  /** The code that the caller sends, and that its order at CollectCCC is to have. */
  public String collectionCode() {
    return "CQ7KMW4XTZ3NHR" + letter(number / 10) + letter(number % 10);
  }

  /** Whether a caller can come into it with a login and a password. */
  public boolean isByLogin() {
    return this != CODE_UNKNOWN;
  }

  /** Whether a caller can come into it with a collection code. */
  public boolean isByCode() {
    return switch (this) {
      case CODE_UNKNOWN,
          ISSUED,
          ISSUED_ALONE,
          ISSUED_WITHOUT_DNS_NAME,
          EXPIRED,
          AWAITING_PAYMENT,
          PROCESSING,
          REJECTED,
          REVOKED,
          OWN_FAILURE ->
          true;
      default -> false;
    };
  }

  private static char letter(int digit) {
    return (char) ('P' + digit);
  }

  /** Its form in file names. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
