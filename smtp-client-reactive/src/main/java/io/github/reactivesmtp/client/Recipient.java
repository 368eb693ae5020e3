package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.RcptParameters;

/**
 * One recipient of an envelope.
 *
 * @param address where the message goes
 * @param parameters what is asked for this recipient
 */
public record Recipient(MailAddress address, RcptParameters parameters) {}
