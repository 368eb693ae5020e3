package io.github.reactivesmtp.client.faults;

/** How the content goes. */
enum Transfer {
  DATA,
  /** BDAT once the recipients' replies are there. */
  BDAT,
  /** MAIL, RCPT and BDAT LAST in one write: the content's end leaves before any reply comes. */
  BDAT_AT_ONCE
}
