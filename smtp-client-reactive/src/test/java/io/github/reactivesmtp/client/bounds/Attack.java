package io.github.reactivesmtp.client.bounds;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** What a server says instead of its reply, or, {@link #FLOOD}, behind it. */
enum Attack {
  /** A line without an end. */
  ENDLESS_LINE {
    @Override
    void say(OutputStream out, int code) throws IOException {
      out.write(ascii(code + " "));
      repeat(out, "x".repeat(8192), Long.MAX_VALUE);
    }
  },
  /** A reply whose last line never comes. */
  ENDLESS_MULTILINE {
    @Override
    void say(OutputStream out, int code) throws IOException {
      repeat(out, (code + "-yes and\r\n").repeat(700), Long.MAX_VALUE);
    }
  },
  /** A whole reply of 10 MiB. */
  BIG_REPLY {
    @Override
    void say(OutputStream out, int code) throws IOException {
      String line = code + "-X" + "y".repeat(57) + "\r\n";
      repeat(out, line.repeat(128), (10 << 20) / (line.length() * 128));
      out.write(ascii(code + " Z\r\n"));
      out.flush();
    }
  },
  /** The reply, and in the same packet the first of a million more. */
  FLOOD {
    @Override
    void say(OutputStream out, int code) throws IOException {
      String thousand = "250\r\n".repeat(1000);
      out.write(ascii(code + " yes\r\n" + thousand));
      repeat(out, thousand, 999);
    }
  },
  /** An octet now and then, and never a whole reply. */
  DRIP {
    @Override
    void say(OutputStream out, int code) throws IOException {
      out.write(ascii(code + "-"));
      while (true) {
        out.write('x');
        out.flush();
        pause();
      }
    }

    private void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  },
  /** Nothing, and nothing is read either. */
  STANDSTILL {
    @Override
    void say(OutputStream out, int code) {}
  };

  /**
   * Says it, until the client is gone.
   *
   * @param code of the reply that is due
   */
  abstract void say(OutputStream out, int code) throws IOException;

  private static void repeat(OutputStream out, String text, long times) throws IOException {
    byte[] octets = ascii(text);
    for (long i = 0; i < times; i++) {
      out.write(octets);
    }
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
