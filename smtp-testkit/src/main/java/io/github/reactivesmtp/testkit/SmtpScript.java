package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link SmtpServer} does something else than usual: rules, tried in order, the first that
 * matches wins. Immutable; every server counts for itself.
 *
 * <pre>{@code
 * SmtpScript.builder()
 *     .on(Phase.RCPT).nth(2).reply(550, "5.1.1 no such user")
 *     .on(Phase.CONTENT).once().delay(Duration.ofSeconds(1)).reset()
 *     .build();
 * }</pre>
 *
 * <p>A command takes effect by what was answered: a 2yz to MAIL or RCPT, a 354 to DATA and a 2yz to
 * the content count as acceptance even where the server would have refused; anything else does not.
 * After a 220 to STARTTLS the server starts TLS, if it has any; a 334 keeps an AUTH exchange going.
 */
public final class SmtpScript {

  /** No rule: the server goes by the RFCs. */
  public static final SmtpScript NONE = new SmtpScript(List.of());

  private final List<ScriptRule> rules;

  private SmtpScript(List<ScriptRule> rules) {
    this.rules = rules;
  }

  public static Builder builder() {
    return new Builder();
  }

  List<ScriptRule> rules() {
    return rules;
  }

  /** Collects rules. */
  public static final class Builder {

    private final List<ScriptRule> rules = new ArrayList<>();

    private Builder() {}

    /** Starts a rule; one of its actions ends it. */
    public RuleBuilder on(Phase phase) {
      return new RuleBuilder(this, phase);
    }

    public SmtpScript build() {
      return new SmtpScript(List.copyOf(rules));
    }
  }

  /** Says when a rule applies, then, by its last call, what it does. */
  public static final class RuleBuilder {

    private final Builder script;
    private final Phase phase;
    private int connection;
    private int nth;
    private int nthInTotal;
    private int times = Integer.MAX_VALUE;
    private @Nullable Predicate<SmtpCommand> condition;
    private @Nullable Chance chance;
    private Duration delay = Duration.ZERO;
    private ScriptRule.Effect effect = ScriptRule.Effect.AS_SAID;

    private RuleBuilder(Builder script, Phase phase) {
      this.script = script;
      this.phase = phase;
    }

    /** Only on the connection of this number; the server's first is 1. */
    public RuleBuilder onConnection(int number) {
      connection = positive(number);
      return this;
    }

    /** Only the nth such event of each connection, from 1. */
    public RuleBuilder nth(int n) {
      nth = positive(n);
      return this;
    }

    /** Only the nth such event, from 1, counted over all connections. */
    public RuleBuilder nthInTotal(int n) {
      nthInTotal = positive(n);
      return this;
    }

    /** Only once, whichever connection comes first. */
    public RuleBuilder once() {
      return times(1);
    }

    /** At most so often, counted over all connections. */
    public RuleBuilder times(int limit) {
      times = positive(limit);
      return this;
    }

    /**
     * Only for such commands. Phases without a command (CONNECT, UNKNOWN_COMMAND) never match then.
     * Called on an event loop: must not block.
     */
    public RuleBuilder when(Predicate<SmtpCommand> predicate) {
      condition = condition == null ? predicate : condition.and(predicate);
      return this;
    }

    /**
     * Only where this hits. It is drawn for events that fit in everything else and that no earlier
     * rule has, so its hits are the times this rule was obeyed.
     */
    public RuleBuilder chance(Chance draws) {
      chance = draws;
      return this;
    }

    /** Waits before the action; what the client sends meanwhile waits as well. */
    public RuleBuilder delay(Duration duration) {
      delay = notNegative(duration);
      return this;
    }

    /**
     * Lets the command take effect as if accepted, whatever the client gets to hear: {@code
     * on(CONTENT).accepting().reset()} stores the message and then breaks the connection.
     */
    public RuleBuilder accepting() {
      effect = ScriptRule.Effect.ACCEPTED;
      return this;
    }

    /**
     * Lets the command have no effect, whatever the client gets to hear: {@code
     * on(CONTENT).refusing().raw("250 stray\r\n554 spam\r\n")} refuses the message and puts a reply
     * that nobody asked for before the refusal.
     */
    public RuleBuilder refusing() {
      effect = ScriptRule.Effect.REFUSED;
      return this;
    }

    /**
     * Says this instead.
     *
     * @param lines with the enhanced status code, if there is to be one; none for a bare code
     */
    public Builder reply(int code, String... lines) {
      return does(new ScriptAction.Reply(replyOf(code, lines), false, false));
    }

    /** The same as {@link #reply}, reads better after {@link #delay}. */
    public Builder thenReply(int code, String... lines) {
      return reply(code, lines);
    }

    /** Says this, then closes the connection in an orderly way. */
    public Builder replyThenClose(int code, String... lines) {
      return does(new ScriptAction.Reply(replyOf(code, lines), false, true));
    }

    /**
     * Says as usual, with another reply behind it in the same packet that nobody asked for. What
     * the command does goes by the usual reply.
     */
    public Builder answerWithExtra(int code, String... lines) {
      return answerThenExtra(Duration.ZERO, code, lines);
    }

    /**
     * Says as usual, then, in a packet of its own, another reply that nobody asked for. What the
     * client sends meanwhile waits.
     *
     * @param pause before the other reply, and once more after it
     */
    public Builder answerThenExtra(Duration pause, int code, String... lines) {
      return does(new ScriptAction.Extra(replyOf(code, lines), notNegative(pause), false));
    }

    /**
     * Says as usual, with another reply behind it in the same packet, then closes the connection in
     * an orderly way: a server that goes down after its answer and says 421.
     */
    public Builder answerThenGoodbye(int code, String... lines) {
      return does(new ScriptAction.Extra(replyOf(code, lines), Duration.ZERO, true));
    }

    /**
     * Says a reply with a line of so many octets, its CRLF included. RFC 5321 §4.5.3.1.5 allows
     * 512.
     */
    public Builder longLine(int code, int octets) {
      return does(ScriptAction.Raw.longLine(code, octets));
    }

    /**
     * Begins a line and never ends it: sends octets as fast as the client reads them, until it is
     * gone. The command has no effect, and the connection hears nothing else any more.
     */
    public Builder endlessLine(int code) {
      return does(ScriptAction.Endless.line(code));
    }

    /** The same with lines, {@code 250-…} and no last one. */
    public Builder endlessReply(int code) {
      return does(ScriptAction.Endless.lines(code));
    }

    /** Answers nothing more on this connection, but goes on reading. */
    public Builder hang() {
      return does(new ScriptAction.Hang());
    }

    /** Breaks the connection off (TCP RST). What was answered before is sent first. */
    public Builder reset() {
      return does(new ScriptAction.Reset());
    }

    /** Closes the connection in an orderly way (TCP FIN) without a word. */
    public Builder close() {
      return does(new ScriptAction.Close());
    }

    /** Sends these characters, as UTF-8, without adding anything. */
    public Builder raw(String text) {
      return raw(text.getBytes(UTF_8));
    }

    /** Sends these octets without adding anything. */
    public Builder raw(byte[] octets) {
      return does(ScriptAction.Raw.of(octets.clone()));
    }

    /** Answers as usual, but with each octet in a packet of its own. */
    public Builder splitEveryByte() {
      return does(new ScriptAction.Normal(true));
    }

    /** Says this, with each octet in a packet of its own. */
    public Builder splitEveryByte(int code, String... lines) {
      return does(new ScriptAction.Reply(replyOf(code, lines), true, false));
    }

    /**
     * Answers EHLO or LHLO with these extensions instead of the server's.
     *
     * @param extensions one EHLO keyword each, with its parameters: "SIZE 1000"
     */
    public Builder advertise(String... extensions) {
      return does(new ScriptAction.Advertise(List.of(extensions)));
    }

    /** As usual; after {@link #delay}, or to take events out of a later rule's way. */
    public Builder answerNormally() {
      return does(new ScriptAction.Normal(false));
    }

    private Builder does(ScriptAction action) {
      script.rules.add(
          new ScriptRule(
              phase, connection, nth, nthInTotal, times, condition, chance, delay, effect, action));
      return script;
    }

    static SmtpReply replyOf(int code, String... lines) {
      return lines.length == 0 ? SmtpReply.of(code, "") : SmtpReply.of(code, lines);
    }

    private static Duration notNegative(Duration duration) {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("negative: " + duration);
      }
      return duration;
    }

    private static int positive(int n) {
      if (n < 1) {
        throw new IllegalArgumentException("counts from 1: " + n);
      }
      return n;
    }
  }
}
