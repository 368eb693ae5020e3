package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what a script rule says to one answer after the other. Confined to an event loop. */
final class Speaker {

  /** Told what was said, by its meaning. */
  interface Effect {
    void take(Phase phase, @Nullable SmtpCommand command, SmtpReply said);
  }

  private static final ScriptAction AS_USUAL = new ScriptAction.Normal(false);

  private final Channel channel;
  private final ConnectionOutput output;
  private final ServerSettings settings;
  private final Effect effect;
  private final Consumer<Runnable> onward;

  private boolean busy;
  private boolean ended;
  private @Nullable Future<?> delay;

  /**
   * @param onward runs what comes after this was busy, and whatever waited for it
   */
  Speaker(
      Channel channel,
      ConnectionOutput output,
      ServerSettings settings,
      Effect effect,
      Consumer<Runnable> onward) {
    this.channel = channel;
    this.output = output;
    this.settings = settings;
    this.effect = effect;
    this.onward = onward;
  }

  /** Whether an answer takes its time. */
  boolean busy() {
    return busy;
  }

  /** Gives an answer, now or later; not to be called while busy. */
  void give(Answer answer) {
    ScriptRule rule = answer.rule();
    if (rule == null || rule.delay().isZero()) {
      act(answer);
      return;
    }
    after(rule.delay(), () -> act(answer));
  }

  private void after(Duration pause, Runnable then) {
    busy = true;
    delay =
        channel
            .eventLoop()
            .schedule(
                () ->
                    onward.accept(
                        () -> {
                          busy = false;
                          then.run();
                        }),
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  /** The connection is gone: nothing more is given, and what was given has no effect any more. */
  void end() {
    ended = true;
    if (delay != null) {
      delay.cancel(false);
    }
  }

  private void act(Answer answer) {
    ScriptAction action = answer.rule() == null ? AS_USUAL : answer.rule().action();
    if (action instanceof ScriptAction.Normal usual) {
      say(answer, answer.normal(), usual.split());
    } else if (action instanceof ScriptAction.Advertise) {
      say(answer, answer.effect(settings), false);
    } else if (action instanceof ScriptAction.Reply scripted) {
      say(answer, scripted.reply(), scripted.split());
      if (scripted.thenClose()) {
        output.close();
      }
    } else if (action instanceof ScriptAction.Extra extra) {
      sayWithExtra(answer, extra);
    } else if (action instanceof ScriptAction.Raw raw) {
      output.write(raw.octets());
      takeEffect(answer);
    } else {
      takeEffect(answer);
      if (action instanceof ScriptAction.Hang) {
        output.mute();
      } else if (action instanceof ScriptAction.Endless endless) {
        output.writeEndlessly(endless.start(), endless.block());
      } else if (action instanceof ScriptAction.Reset) {
        output.reset();
      } else {
        output.close();
      }
    }
  }

  private void sayWithExtra(Answer answer, ScriptAction.Extra extra) {
    if (answer.normal() != null) {
      output.write(answer.normal());
    }
    if (extra.pause().isZero()) {
      add(answer, extra);
      return;
    }
    output.flush();
    after(
        extra.pause(),
        () -> {
          output.write(extra.extra());
          output.flush();
          after(extra.pause(), () -> takeEffect(answer));
        });
  }

  private void add(Answer answer, ScriptAction.Extra extra) {
    output.write(extra.extra());
    takeEffect(answer);
    if (extra.thenClose()) {
      output.close();
    }
  }

  private void say(Answer answer, @Nullable SmtpReply reply, boolean split) {
    if (reply == null) {
      return;
    }
    if (!split) {
      output.write(reply);
      takeEffect(answer);
      return;
    }
    busy = true;
    output.writeSplit(
        reply,
        () ->
            onward.accept(
                () -> {
                  busy = false;
                  if (!ended) {
                    takeEffect(answer);
                  }
                }));
  }

  private void takeEffect(Answer answer) {
    SmtpReply said = answer.effect(settings);
    if (said != null) {
      effect.take(answer.phase(), answer.command(), said);
    }
  }
}
