package io.github.reactivesmtp.benchmarks.peers.niosmtpclient;

import com.hubspot.smtp.client.SmtpSession;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.netty.handler.codec.smtp.DefaultSmtpRequest;
import io.netty.handler.codec.smtp.SmtpCommand;
import io.netty.handler.codec.smtp.SmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequests;
import java.util.ArrayList;
import java.util.List;

/** {@code session.sendPipelined(content, MAIL, RCPT…, DATA)}: one round trip a message. */
final class Overlapped extends Exchange {

  private final SmtpRequest[] commands;

  Overlapped(SmtpSession session, Task task, Phase phase, Runnable whenEnded) {
    super(session, task, phase, whenEnded);
    List<SmtpRequest> requests = new ArrayList<>();
    requests.add(SmtpRequests.mail(Task.FROM));
    task.to().forEach(recipient -> requests.add(SmtpRequests.rcpt(recipient)));
    requests.add(new DefaultSmtpRequest(SmtpCommand.DATA));
    commands = requests.toArray(SmtpRequest[]::new);
  }

  @Override
  void begin() {
    long begun = lane.begin();
    if (begun == Phase.OVER) {
      end();
    } else {
      await(session.sendPipelined(commands), () -> sendContent(begun));
    }
  }

  /** The server waits for content; whether commands follow depends on whether there is a next. */
  private void sendContent(long begun) {
    long next = lane.begin();
    if (next == Phase.OVER) {
      await(
          session.send(content()),
          () -> {
            lane.end(begun);
            end();
          });
    } else {
      await(
          session.sendPipelined(content(), commands),
          () -> {
            lane.end(begun);
            sendContent(next);
          });
    }
  }
}
