package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** The server's side of SCRAM with a password; believes any proof. */
final class ScramServer implements UnaryOperator<String> {

  private static final byte[] SALT = "salt and pepper".getBytes(UTF_8);

  private final ScramMechanism mechanism;
  private final byte[] saltedPassword;
  private String messages = "";

  ScramServer(String mechanism, String password) {
    this.mechanism = ScramMechanism.byName(mechanism);
    this.saltedPassword =
        ScramFunctions.saltedPassword(
            this.mechanism, StringPreparation.SASL_PREPARATION, password.toCharArray(), SALT, 4096);
  }

  @Override
  public String apply(String line) {
    if (line.startsWith("AUTH ")) {
      String clientFirst = decode(line.substring(line.lastIndexOf(' ') + 1));
      String bare = clientFirst.substring(clientFirst.indexOf(",,") + 2);
      String nonce = bare.substring(bare.indexOf("r=") + 2) + "-and-the-servers";
      String serverFirst = "r=" + nonce + ",s=" + encode(SALT) + ",i=4096";
      messages = bare + "," + serverFirst;
      return challenge(serverFirst);
    }
    if (line.isEmpty()) {
      return "235 2.7.0 ok";
    }
    String clientFinal = decode(line);
    messages += "," + clientFinal.substring(0, clientFinal.lastIndexOf(",p="));
    byte[] serverKey = ScramFunctions.serverKey(mechanism, saltedPassword);
    return challenge("v=" + encode(ScramFunctions.serverSignature(mechanism, serverKey, messages)));
  }

  private static String challenge(String message) {
    return "334 " + encode(message.getBytes(UTF_8));
  }

  private static String encode(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }
}
