package io.github.reactivesmtp.benchmarks.peers.niosmtpclient;

import com.hubspot.smtp.client.SmtpSession;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Task;
import java.util.List;

/** {@code session.send(from, to, content)}, one after the other. */
final class OneByOne extends Exchange {

  private final List<String> recipients;

  OneByOne(SmtpSession session, Task task, Phase phase, Runnable whenEnded) {
    super(session, task, phase, whenEnded);
    recipients = task.to();
  }

  @Override
  void begin() {
    long begun = lane.begin();
    if (begun == Phase.OVER) {
      end();
      return;
    }
    await(
        session.send(Task.FROM, recipients, content()),
        () -> {
          lane.end(begun);
          begin();
        });
  }
}
