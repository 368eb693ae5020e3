package io.github.reactivesmtp.interop;

import java.util.Map;

/**
 * The two configuration files of {@link PostfixServer}, in which {@code DIRECTORY} stands for its
 * directory.
 */
final class PostfixConfiguration {

  /** Strict about what comes in, and changing nothing of it on the way to the mailbox. */
  static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = DIRECTORY/queue
      data_directory = DIRECTORY/data
      maillog_file = DIRECTORY/log
      maillog_file_prefixes = DIRECTORY

      # This host alone: no DNS, nothing relayed.
      myhostname = postfix.example.test
      mydestination =
      mynetworks = 127.0.0.0/8
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      disable_dns_lookups = yes
      smtpd_peername_lookup = no
      alias_maps =
      alias_database =
      default_transport = discard
      relay_transport = discard

      # One Maildir for everyone; Delivered-To tells the copies apart.
      virtual_mailbox_domains = example.test
      virtual_mailbox_base = DIRECTORY/mail
      virtual_mailbox_maps = static:all/
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      virtual_mailbox_limit = 0
      mailbox_size_limit = 0
      message_size_limit = 0

      # Strict: a bare LF, UTF-8 undeclared or a command sent before its turn is an error.
      smtputf8_enable = yes
      strict_smtputf8 = yes
      smtpd_forbid_bare_newline = reject
      smtpd_forbid_unauth_pipelining = yes
      refusals =
        check_recipient_access regexp:{{/^refused/ 550 5.1.1 no such user} {/^later/ 450 4.2.1 later}}
      smtpd_recipient_restrictions = $refusals, permit_mynetworks, reject
      authenticated_recipient_restrictions = $refusals, permit_sasl_authenticated, reject

      # TLS and AUTH, for the services that have them.
      smtpd_tls_chain_files = DIRECTORY/tls/server-key.pem, DIRECTORY/tls/server.pem
      smtpd_tls_loglevel = 1
      smtpd_sasl_type = dovecot
      smtpd_sasl_path = unix:DIRECTORY/auth

      # No brakes: errors are wanted here.
      smtpd_error_sleep_time = 0
      smtpd_soft_error_limit = 1000
      smtpd_hard_error_limit = 1000
      smtpd_client_connection_count_limit = 0
      in_flow_delay = 0

      # Byte for byte; by default Postfix would also drop a Bcc field itself.
      line_length_limit = 65536
      message_drop_headers =
      local_header_rewrite_clients =
      disable_mime_input_processing = yes
      disable_mime_output_conversion = yes
      """;

  private static final String MASTER =
      """
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      tlsmgr unix - - n 1000? 1 tlsmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      proxymap unix - - n - - proxymap
      error unix - - n - - error
      retry unix - - n - - error
      discard unix - - n - - discard
      virtual unix - n n - - virtual
      anvil unix - - n - 1 anvil
      postlog unix-dgram n - n - 1 postlogd
      """;

  private PostfixConfiguration() {}

  static String master(Map<PostfixService, Integer> ports) {
    StringBuilder text = new StringBuilder();
    ports.forEach((service, port) -> text.append(service.masterLine(port)));
    return text.append(MASTER).toString();
  }
}
