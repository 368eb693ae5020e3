package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.interop.DovecotServer;
import io.github.reactivesmtp.interop.NeedsDovecot;
import io.github.reactivesmtp.interop.PostfixServer;
import io.github.reactivesmtp.interop.PostfixService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smtp check} against a real Postfix, and the page of it that the README shows. */
@NeedsDovecot
class CheckPostfixIT {

  private final PostfixServer postfix;

  /** Dovecot is there for Postfix, which leaves authentication to it. */
  CheckPostfixIT(PostfixServer postfix, DovecotServer dovecot) {
    this.postfix = postfix;
  }

  @Test
  void theReadmeShowsThisPage(@TempDir Path folder) throws IOException {
    int port = postfix.port(PostfixService.AUTH_AFTER_STARTTLS);
    Run run =
        Run.smtp(
            "check",
            "localhost:" + port,
            "--ca",
            postfix.certificates().authority().toString(),
            "--user",
            DovecotServer.USER,
            "--password-file",
            Secrets.write(folder, DovecotServer.PASSWORD).toString());

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(readme()).contains("\n```text\n" + masked(run.out()) + "```\n");
  }

  /** Without what changes from day to day. */
  private static String masked(String page) {
    return page.replaceAll(":\\d{4,5}\\b", ":587")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d", "2026-11-25")
        .replaceAll("\\d+ days left", "30 days left");
  }

  private static String readme() throws IOException {
    return masked(Files.readString(Path.of("..", "README.md")));
  }
}
