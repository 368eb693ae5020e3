package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes on over one connection: reads commands and content, and answers strictly in order, as
 * the {@link Conversation} has it or as the script wants. Confined to the connection's event loop.
 */
final class Dialogue {

  /** What the next octets are. */
  private enum Mode {
    COMMANDS,
    CONTENT,
    CHUNK,
    AUTH_LINE,
    /** TLS is on its way: whatever comes without it is no part of the dialogue. */
    HANDSHAKE
  }

  private final ServerSettings settings;
  private final ScriptRun.Cursor script;
  private final Channel channel;
  private final ConnectionOutput output;
  private final Speaker speaker;
  private final Delivery delivery;
  private final CommandReader reader;
  private final ContentBuffer content = new ContentBuffer();

  private Conversation conversation;
  private Mode mode = Mode.COMMANDS;
  private boolean ended;

  /** DATA, or the BDAT under way. */
  private @Nullable SmtpCommand contentCommand;

  private boolean midContentPassed;
  private long chunkLeft;
  private boolean chunkDiscarded;
  private @Nullable AuthExchange auth;

  /**
   * @param onward runs what comes after the dialogue was busy, and whatever waited for it
   */
  Dialogue(
      int number,
      ServerSettings settings,
      ServerLog log,
      ScriptRun.Cursor script,
      MessageSink sink,
      Channel channel,
      Consumer<Runnable> onward) {
    this.settings = settings;
    this.script = script;
    this.channel = channel;
    output = new ConnectionOutput(channel);
    conversation = new Conversation(settings, null);
    speaker = new Speaker(channel, output, settings, this::takeEffect, onward);
    delivery = new Delivery(number, settings, log, script, sink, channel.eventLoop(), onward);
    Transcript transcript = log.transcript();
    reader = new CommandReader(transcript == null ? null : transcript.connection(number));
  }

  ConnectionOutput output() {
    return output;
  }

  /** Whether an answer takes its time; input has to wait. */
  boolean busy() {
    return delivery.busy() || speaker.busy();
  }

  /** The connection is there; the greeting waits for TLS if that comes first. */
  void begin() {
    if (settings.implicitTls()) {
      mode = Mode.HANDSHAKE;
    } else {
      greet();
    }
  }

  private void greet() {
    answer(Phase.CONNECT, null, settings.greeting());
  }

  /** The handshake is done. Nothing is remembered of what was said before (RFC 3207 §4.2). */
  void secured(TlsSession session) {
    conversation = new Conversation(settings, session);
    mode = Mode.COMMANDS;
    if (settings.implicitTls()) {
      greet();
    }
  }

  /** The connection is gone. */
  void end() {
    ended = true;
    delivery.end();
    speaker.end();
    output.release();
  }

  /** Reads and answers until the input is used up or the dialogue is busy. */
  void advance(ByteBuffer in) {
    while (!busy()) {
      if (ended || output.closing()) {
        in.position(in.limit());
        return;
      }
      Answer next = delivery.next();
      if (next != null) {
        if (!output.muted()) {
          speaker.give(next);
        }
      } else if (in.hasRemaining()) {
        read(in);
      } else {
        return;
      }
    }
  }

  private void read(ByteBuffer in) {
    switch (mode) {
      case COMMANDS -> readCommand(in);
      case AUTH_LINE -> readAuthLine(in);
      case CONTENT -> {
        if (!passMidContent() && content.unstuff(in)) {
          endContent(null);
        }
      }
      case CHUNK -> readChunk(in);
      case HANDSHAKE -> in.position(in.limit()); // behind STARTTLS, in clear (RFC 3207 §6)
    }
  }

  private void readCommand(ByteBuffer in) {
    SmtpCommand command;
    try {
      command = reader.command(in);
    } catch (SmtpSyntaxException e) {
      refuse(e);
      return;
    }
    if (command != null) {
      received(command);
    }
  }

  private void refuse(SmtpSyntaxException e) {
    if (!output.muted()) {
      StandardReply reply =
          e.replyCode() == 500 ? StandardReply.UNKNOWN_COMMAND : StandardReply.SYNTAX_ERROR;
      answer(Phase.UNKNOWN_COMMAND, null, conversation.say(reply));
    }
  }

  private void received(SmtpCommand command) {
    Phase phase = Phase.of(command);
    if (command instanceof SmtpCommand.Bdat bdat && chunkingKnown()) {
      beginChunk(bdat);
    } else if (output.muted()) {
      return;
    } else if (command instanceof SmtpCommand.Auth begun) {
      auth = conversation.beginAuth(begun);
      answer(phase, command, auth.begin());
    } else {
      answer(phase, command, conversation.judge(phase, command));
    }
  }

  /** A server that does not know BDAT does not know either that octets follow. */
  private boolean chunkingKnown() {
    return conversation.offered().supports(Extension.CHUNKING);
  }

  private void readAuthLine(ByteBuffer in) {
    String line;
    try {
      line = reader.authLine(in);
    } catch (SmtpSyntaxException e) {
      mode = Mode.COMMANDS; // RFC 4954 §4: a line too long ends the exchange
      refuse(e);
      return;
    }
    if (line != null && auth != null && !output.muted()) {
      answer(Phase.AUTH, auth.command(), auth.next(line));
    }
  }

  // Content

  private void beginChunk(SmtpCommand.Bdat bdat) {
    if (!conversation.amidChunks()) {
      content.begin(conversation.maxContentOctets());
      midContentPassed = false;
    }
    contentCommand = bdat;
    chunkLeft = bdat.size();
    chunkDiscarded = output.muted() || conversation.judge(Phase.BDAT, bdat).isNegative();
    mode = Mode.CHUNK;
    if (chunkLeft == 0) {
      endChunk(bdat);
    }
  }

  private void readChunk(ByteBuffer in) {
    if (passMidContent()) {
      return;
    }
    int octets = (int) Math.min(chunkLeft, in.remaining());
    if (chunkDiscarded) {
      in.position(in.position() + octets);
    } else {
      content.take(in, octets);
    }
    chunkLeft -= octets;
    if (chunkLeft == 0 && contentCommand instanceof SmtpCommand.Bdat bdat) {
      endChunk(bdat);
    }
  }

  private void endChunk(SmtpCommand.Bdat bdat) {
    mode = Mode.COMMANDS;
    if (output.muted()) {
      return;
    }
    SmtpReply normal = conversation.judge(Phase.BDAT, bdat);
    if (normal.isPositive() && content.tooBig()) {
      normal = conversation.say(StandardReply.TOO_BIG);
    }
    ScriptRule rule = script.next(Phase.BDAT, bdat);
    Answer asChunk = new Answer(Phase.BDAT, bdat, normal, rule);
    boolean goesOn = rule == null || rule.action() instanceof ScriptAction.Normal;
    if (bdat.last() && (goesOn ? normal.isPositive() : asChunk.accepts(settings))) {
      endContent(rule);
    } else {
      speaker.give(asChunk);
    }
  }

  /** Whether a script has something to do before the content that has begun is read. */
  private boolean passMidContent() {
    if (midContentPassed || output.muted()) {
      return false;
    }
    midContentPassed = true;
    ScriptRule rule = script.next(Phase.MID_CONTENT, contentCommand);
    if (rule == null) {
      return false;
    }
    speaker.give(new Answer(Phase.MID_CONTENT, contentCommand, null, rule));
    return true;
  }

  /**
   * The content is complete.
   *
   * @param decided the rule for BDAT LAST, which goes before rules for the content
   */
  private void endContent(@Nullable ScriptRule decided) {
    mode = Mode.COMMANDS;
    if (output.muted()) {
      conversation.reset();
    } else {
      delivery.take(conversation, contentCommand, content, decided);
    }
  }

  // Answers

  private void answer(Phase phase, @Nullable SmtpCommand command, SmtpReply normal) {
    ScriptRule rule = script.next(phase, command);
    if (rule == null) {
      output.write(normal);
      takeEffect(phase, command, normal);
    } else {
      speaker.give(new Answer(phase, command, normal, rule));
    }
  }

  private void takeEffect(Phase phase, @Nullable SmtpCommand command, SmtpReply said) {
    conversation.answered(phase, command, said);
    if (phase == Phase.DATA && said.isIntermediate()) {
      mode = Mode.CONTENT;
      contentCommand = command;
      midContentPassed = false;
      content.begin(conversation.maxContentOctets());
    } else if (phase == Phase.AUTH) {
      goOnWithAuth(said);
    } else if (phase == Phase.STARTTLS && said.code() == 220) {
      startTls();
    } else if (phase == Phase.QUIT && said.isPositive()) {
      output.close();
    }
  }

  private void goOnWithAuth(SmtpReply said) {
    mode = said.isIntermediate() ? Mode.AUTH_LINE : Mode.COMMANDS;
    if (said.isPositive() && auth != null) {
      conversation.authenticated(auth.user());
    }
  }

  /** Unless a script says 220 where there is no TLS to start. */
  private void startTls() {
    SslContext tls = settings.tls();
    if (tls != null && !conversation.encrypted()) {
      output.flush(); // the 220 leaves in clear
      mode = Mode.HANDSHAKE;
      channel.pipeline().addFirst(tls.newHandler(channel.alloc()));
    }
  }
}
