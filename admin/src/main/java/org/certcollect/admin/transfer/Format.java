package org.certcollect.admin.transfer;

/** The words of the format that import reads and export writes; docs/import.md describes it. */
final class Format {
  static final String NAME = "certcollect";

  /** The version that export writes. */
  static final long VERSION = 2;

  /** The oldest version that import reads, with the keys that came later. */
  static final long FIRST_VERSION = 1;

  /** The maximum number of bytes in a line. */
  static final int MAX_LINE_BYTES = 16 << 20;

  static final String SHA256 = "sha256:";

  private Format() {}

  /** The types of lines. */
  static final class Line {
    static final String ACCOUNT = "account";
    static final String CA = "ca";
    static final String ORDER = "order";

    private Line() {}
  }

  /** The keys of lines, and of the objects in them. */
  static final class Name {
    static final String FORMAT = "format";
    static final String VERSION = "version";
    static final String CODES_KEY = "codesKey";
    static final String TYPE = "type";
    static final String EVENTS = "events";
    static final String CREATED = "created";
    static final String LOGIN = "login";
    static final String PASSWORD_HASH = "passwordHash";
    static final String PASSWORD = "password";
    static final String OLD_PASSWORD_HASH = "oldPasswordHash";
    static final String OLD_PASSWORD_UNTIL = "oldPasswordUntil";
    static final String PRODUCTS = "products";
    static final String ENABLED = "enabled";
    static final String NUMBER = "number";
    static final String ACCOUNT = "account";
    static final String PRODUCT = "product";
    static final String STATE = "state";
    static final String REASON = "reason";
    static final String CHANGED = "changed";
    static final String CERTIFICATES = "certificates";
    static final String CERTIFICATE = "certificate";
    static final String CHAIN = "chain";
    static final String ISSUED = "issued";
    static final String SIGNING_REQUEST = "signingRequest";
    static final String CODE = "code";
    static final String CODE_HASH = "codeHash";
    static final String ID = "id";
    static final String REISSUE = "reissue";
    static final String SINCE = "since";
    static final String VALIDATION = "validation";
    static final String STATUS = "status";
    static final String STEPS = "steps";
    static final String DOMAINS = "domains";
    static final String NAME = "name";
    static final String DCV = "dcv";
    static final String TERM = "term";
    static final String START = "start";
    static final String END = "end";
    static final String HELD_SINCE = "heldSince";
    static final String EMAIL = "email";
    static final String LANGUAGE = "language";
    static final String NO_MAIL = "noMail";
    static final String PUSH = "push";
    static final String URL = "url";
    static final String USER = "user";
    static final String WITH_CERTIFICATE = "withCertificate";
    static final String REFERENCE = "reference";
    static final String NOTE = "note";
    static final String AT = "at";
    static final String ACTOR = "actor";
    static final String ACTION = "action";
    static final String FROM = "from";
    static final String TO = "to";
    static final String DETAIL = "detail";

    private Name() {}
  }
}
