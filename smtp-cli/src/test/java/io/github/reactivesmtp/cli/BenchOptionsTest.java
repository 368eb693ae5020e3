package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BenchOptionsTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1500, 1500", "1k, 1024", "100K, 102400", "10m, 10485760", "100m, 104857600"})
  void sizes(String text, int octets) {
    assertThat(new OctetCount().convert(text)).isEqualTo(octets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "k", "1.5k", "1g", "101m", "1 k", "99999999999"})
  void noSizes(String text) {
    assertThatThrownBy(() -> new OctetCount().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("\"" + text + "\" is no size");
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "10s, 10000", "1.5m, 90000", "0.25S, 250", "2h, 7200000"})
  void times(String text, long millis) {
    assertThat(new TimeSpan().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0s", "-1s", "s", "1d", "0.4ms", "169h", "999999999h"})
  void noTimes(String text) {
    assertThatThrownBy(() -> new TimeSpan().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is no time");
  }

  @Test
  void aWarmUpIsANumberOrATime() {
    BenchLimit.Either either = new BenchLimit.Either();
    assertThat(either.convert("0")).isEqualTo(BenchLimit.NONE);
    assertThat(either.convert("1000")).isEqualTo(new BenchLimit(1000, null));
    assertThat(either.convert("10s"))
        .isEqualTo(new BenchLimit(Long.MAX_VALUE, Duration.ofSeconds(10)));
    assertThatThrownBy(() -> either.convert("1k"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("neither a number of messages nor a time");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10s",
    "--duration 2m, 120s",
    "--messages 5000, '5,000 messages'",
    "--messages 5000 --duration 500ms, '5,000 messages or 500ms'"
  })
  void endsWhenSaidOrAfterTenSeconds(String options, String limit) {
    assertThat(setup(options).limit()).hasToString(limit);
  }

  @Test
  void withoutOptionsItIsOneKibibyteToOneRecipient() {
    BenchSetup setup = setup("");
    assertThat(setup.octets()).isEqualTo(1024);
    assertThat(setup.recipients()).isEqualTo(1);
    assertThat(setup.warmup()).isEqualTo(BenchLimit.NONE);
    assertThat(setup.words())
        .containsExactly("1,024 octets each", "1 recipient", "up to 4 connections", "grouped");
  }

  @ParameterizedTest
  @CsvSource({
    "--messages 0, --messages must be at least 1",
    "--recipients 0, --recipients must be from 1 to 10000",
    "--recipients 2 --to a@x.de, must have {n} in it",
    "--to nobody, --to: \"nobody\" makes no address",
    "--from {n}, --from: \"{n}\" makes no address",
    "--size 10, '--size must be at least '",
    "--body no/such/file, --body no/such/file cannot be read: there is no such file",
    "--body no/such/file --size 1k, leave out --size or --body",
  })
  void whatCannotBeSent(String options, String message) {
    assertThatThrownBy(() -> setup(options))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileIsSentAsItIs(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("body"), "Subject: x\r\n\r\n.\r\n");
    assertThat(setup("--body " + file).octets()).isEqualTo(17);
    assertThat(BenchContent.ofFile(file.toString())).isEqualTo(Files.readAllBytes(file));
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> setup("--body " + empty))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("is empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 273, 274, 275, 276, 277, 278, 279, 1024, 100_000})
  void aMessageHasExactlyItsSizeAndLinesThatEndProperly(int octets) {
    for (String kind : new String[] {"plain", "dots"}) {
      byte[] content = BenchContent.ofSize(octets, kind, null);
      String text = new String(content, StandardCharsets.US_ASCII);
      assertThat(content).hasSize(octets);
      assertThat(text)
          .contains("\r\nFrom: <sender@bench.example>\r\n", "\r\n\r\n")
          .endsWith("\r\n");
      assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
      assertThat(text.lines()).allMatch(line -> line.length() <= 78);
    }
  }

  @Test
  void dotsAreAtEveryLinesBegin() {
    String text = new String(BenchContent.ofSize(5000, "dots", null), StandardCharsets.US_ASCII);
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(body.lines().filter(line -> !line.isEmpty())).allMatch(l -> l.startsWith("."));
    String plain = new String(BenchContent.ofSize(5000, "plain", null), StandardCharsets.US_ASCII);
    assertThat(plain.lines()).noneMatch(line -> line.startsWith("."));
  }

  private static BenchSetup setup(String options) {
    return BenchFixture.setup(
        Stream.concat(Stream.of("--server", "mail.example", "--tls", "none"), words(options))
            .toArray(String[]::new));
  }

  private static Stream<String> words(String options) {
    return Arrays.stream(options.split(" ")).filter(word -> !word.isEmpty());
  }
}
