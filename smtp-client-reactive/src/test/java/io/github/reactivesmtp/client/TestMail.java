package io.github.reactivesmtp.client;

/** A message for tests that are not about it. */
final class TestMail {

  private TestMail() {}

  static Envelope message() {
    return Envelope.builder()
        .from("a@example.com")
        .to("b@example.org")
        .body(MessageBody.text("Subject: x\r\n\r\nx\r\n"))
        .build();
  }
}
