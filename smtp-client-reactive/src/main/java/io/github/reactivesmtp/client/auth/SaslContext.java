package io.github.reactivesmtp.client.auth;

import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection to authenticate on.
 *
 * @param host the server, as the client was told
 * @param port of the server
 * @param offered names of the mechanisms that the server offers, upper case; immutable
 * @param serverCertificate what the server showed for TLS; null on a connection in clear text
 */
public record SaslContext(
    String host, int port, Set<String> offered, @Nullable X509Certificate serverCertificate) {}
