package io.github.reactivesmtp.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One line of JSON for each envelope. Thread-safe. */
final class ResultLog implements AutoCloseable {

  private static final long FLUSH_AFTER = TimeUnit.SECONDS.toNanos(1);

  private final JsonGenerator json;
  private long flushed = System.nanoTime();

  /** Writes to a stream, which it closes in the end. */
  ResultLog(OutputStream out) throws IOException {
    json = new JsonFactory().createGenerator(out).setCharacterEscapes(new LineEscapes());
    // No spaces between objects: each is followed by a line end.
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  /** What became of an envelope. */
  synchronized void write(MailFile file, SendResult result) throws IOException {
    start(file.path(), file.messageId(), result.outcome(), result.reply());
    for (RecipientResult recipient : result.recipients()) {
      write(recipient.address(), recipient.outcome(), recipient.reply(), recipient.phase());
    }
    @Nullable Throwable cause = result.cause();
    end(result.attempts(), cause == null ? null : TextLine.of(cause));
  }

  /** An envelope that was given to the client and has no result. */
  synchronized void write(MailFile file, List<Recipient> recipients, Outcome outcome, String error)
      throws IOException {
    start(file.path(), file.messageId(), outcome, null);
    for (Recipient recipient : recipients) {
      write(recipient.address(), outcome, null, null);
    }
    end(0, error);
  }

  /** A file that made no envelope. */
  synchronized void writeNotSent(Path path, String error) throws IOException {
    start(path, null, Outcome.NOT_SENT, null);
    end(0, error);
  }

  private void start(
      Path path, @Nullable String messageId, Outcome outcome, @Nullable SmtpReply reply)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("file", path.toString());
    json.writeStringField("message_id", messageId);
    json.writeStringField("outcome", outcome.name());
    json.writeStringField("reply", reply == null ? null : reply.toString());
    json.writeArrayFieldStart("recipients");
  }

  private void write(
      MailAddress address, Outcome status, @Nullable SmtpReply reply, @Nullable SendPhase phase)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("address", address.toString());
    json.writeStringField("status", status.name());
    json.writeStringField("reply", reply == null ? null : reply.toString());
    json.writeStringField("phase", phase == null ? null : phase.name());
    json.writeEndObject();
  }

  private void end(int attempts, @Nullable String error) throws IOException {
    json.writeEndArray();
    json.writeNumberField("attempts", attempts);
    if (error != null) {
      json.writeStringField("error", error);
    }
    json.writeEndObject();
    json.writeRaw('\n');
    // So that little is missing should this process be killed.
    if (System.nanoTime() - flushed > FLUSH_AFTER) {
      json.flush();
      flushed = System.nanoTime();
    }
  }

  synchronized void flush() throws IOException {
    json.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    json.close();
  }
}
