package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a content that has ended: decides what to answer, has it stored if any answer
 * accepts it, and keeps the answers until then. Confined to an event loop.
 */
final class Delivery {

  private final int connection;
  private final ServerSettings settings;
  private final ServerLog log;
  private final ScriptRun.Cursor script;
  private final MessageSink sink;
  private final EventExecutor loop;
  private final Consumer<Runnable> onward;

  /** Answers to the content; more than one with LMTP only. */
  private final Deque<Answer> due = new ArrayDeque<>();

  private boolean storing;

  /**
   * @param onward runs what comes after this was busy, and whatever waited for it
   */
  Delivery(
      int connection,
      ServerSettings settings,
      ServerLog log,
      ScriptRun.Cursor script,
      MessageSink sink,
      EventExecutor loop,
      Consumer<Runnable> onward) {
    this.connection = connection;
    this.settings = settings;
    this.log = log;
    this.script = script;
    this.sink = sink;
    this.loop = loop;
    this.onward = onward;
  }

  /** Whether a message is being stored. */
  boolean busy() {
    return storing;
  }

  /** The next answer that is due; null if there is none. Not to be called while busy. */
  @Nullable Answer next() {
    return due.poll();
  }

  /** The connection is gone: nothing is due any more. */
  void end() {
    due.clear();
  }

  /**
   * The content is complete. Ends the transaction.
   *
   * @param command DATA or the last BDAT
   * @param decided the rule for BDAT LAST, which goes before rules for the content
   */
  void take(
      Conversation conversation,
      @Nullable SmtpCommand command,
      ContentBuffer content,
      @Nullable ScriptRule decided) {
    SmtpReply normal = conversation.judgeContent(content.tooBig());
    List<SmtpCommand.Rcpt> accepted = conversation.recipients();
    boolean store;
    if (conversation.lmtp() && !accepted.isEmpty()) {
      accepted = new ArrayList<>();
      for (SmtpCommand.Rcpt recipient : conversation.recipients()) {
        if (decide(recipient, normal, decided)) {
          accepted.add(recipient);
        }
      }
      store = !accepted.isEmpty();
    } else {
      store = decide(command, normal, decided);
    }
    if (store) {
      if (sink instanceof OctetSink load) {
        load.add(content.view()); // neither copied nor made a message
        log.messageAccepted();
      } else {
        boolean chunked = command instanceof SmtpCommand.Bdat;
        store(
            conversation.message(connection, accepted, content.octets(), chunked),
            conversation.say(StandardReply.STORE_FAILED));
      }
    }
    conversation.reset();
  }

  /** Makes the answer due, and tells whether it accepts the message. */
  private boolean decide(
      @Nullable SmtpCommand command, SmtpReply normal, @Nullable ScriptRule decided) {
    ScriptRule rule = decided != null ? decided : script.next(Phase.CONTENT, command);
    Answer answer = new Answer(Phase.CONTENT, command, normal, rule);
    due.add(answer);
    return answer.accepts(settings);
  }

  /**
   * Has the message stored; what is due is answered when that is done.
   *
   * @param refusal said instead of acceptance if it can't be stored
   */
  private void store(ReceivedMessage message, SmtpReply refusal) {
    CompletionStage<?> stored;
    try {
      stored = sink.store(message);
    } catch (IOException | RuntimeException | AssertionError e) {
      stored(e, refusal);
      return;
    }
    if (isDone(stored)) {
      stored(null, refusal);
      return;
    }
    storing = true;
    stored.whenComplete(
        (done, failure) ->
            loop.execute(
                () ->
                    onward.accept(
                        () -> {
                          storing = false;
                          stored(failure, refusal);
                        })));
  }

  /** Whether that can be told, and without a failure; a minimal stage does not even tell. */
  private static boolean isDone(CompletionStage<?> stored) {
    return stored.getClass() == CompletableFuture.class
        && stored instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally();
  }

  private void stored(@Nullable Throwable failure, SmtpReply refusal) {
    if (failure == null) {
      log.messageAccepted();
      return;
    }
    log.failed(failure);
    int answers = due.size();
    for (int i = 0; i < answers; i++) {
      Answer answer = due.remove();
      due.add(
          answer.accepts(settings)
              ? new Answer(answer.phase(), answer.command(), refusal, null)
              : answer);
    }
  }
}
