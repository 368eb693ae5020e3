package io.github.reactivesmtp.testkit.sasl;

import org.jspecify.annotations.Nullable;

/** Asks what a mechanism asks and believes every answer. */
final class TrustingMechanism implements ServerMechanism {

  private final boolean login;
  private int answers;

  TrustingMechanism(boolean login) {
    this.login = login;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response != null) {
      answers++;
    }
    if (answers == (login ? 2 : 1)) {
      return new Accepted(null);
    }
    if (!login) {
      return Challenge.EMPTY;
    }
    return answers == 0 ? LoginMechanism.USERNAME : LoginMechanism.PASSWORD;
  }
}
