package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.testkit.Phase;

/** When it goes wrong; the rows of the table of {@link ExpectedOutcomes}, in its order. */
enum FaultPhase {
  /** Before the TCP connection stands. */
  CONNECT(Phase.CONNECT, 0),
  GREETING(Phase.CONNECT, 220, "testkit.example ESMTP"),
  EHLO(Phase.EHLO, 250, "testkit.example"),
  STARTTLS(Phase.STARTTLS, 220, "2.0.0 Go ahead"),
  AUTH(Phase.AUTH, 235, "2.7.0 Ok"),
  MAIL(Phase.MAIL, 250, "2.1.0 Ok"),
  FIRST_RCPT(Phase.RCPT, 250, "2.1.5 Ok"),
  /** The last of three: what comes next is the content, or DATA. */
  LAST_RCPT(Phase.RCPT, 250, "2.1.5 Ok"),
  DATA(Phase.DATA, 354, "Go on"),
  /** With DATA amid the content, where nothing is said normally; with BDAT after a chunk. */
  MID_BODY(Phase.MID_CONTENT, 250, "2.0.0 Ok"),
  /** After the final dot, or BDAT LAST. */
  FINAL(Phase.CONTENT, 250, "2.0.0 Ok"),
  RSET(Phase.RSET, 250, "2.0.0 Ok"),
  QUIT(Phase.QUIT, 221, "2.0.0 Bye"),
  /** Between messages: no command leads to it. */
  IDLE(Phase.NOOP, 250, "2.0.0 Ok"),
  /** The same after so long that the client takes the connection for doubtful. */
  LONG_IDLE(Phase.NOOP, 250, "2.0.0 Ok");

  private final Phase server;
  private final int code;
  private final String text;

  FaultPhase(Phase server, int code) {
    this(server, code, "");
  }

  FaultPhase(Phase server, int code, String text) {
    this.server = server;
    this.code = code;
    this.text = text;
  }

  /** What the testkit calls it. */
  Phase onServer(Transfer transfer) {
    return this == MID_BODY && transfer != Transfer.DATA ? Phase.BDAT : server;
  }

  /** The code of the right reply. */
  int code() {
    return code;
  }

  /** The text of the right reply. */
  String text() {
    return text;
  }

  /** Whether it befalls a connection on which nothing is under way. */
  boolean isIdle() {
    return this == IDLE || this == LONG_IDLE;
  }

  /** Whether it is about one envelope. */
  boolean isTransaction() {
    return compareTo(MAIL) >= 0 && compareTo(RSET) <= 0;
  }
}
