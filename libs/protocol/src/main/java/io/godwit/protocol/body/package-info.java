/**
 * The bodies of the steps that concern one card: A1, A2, B1, B2, D1, D2. The paper leaves them open; packets are SCP80
 * packets in their IP form (ETSI TS 102 225), base64. {@code docs/asyncapi.yaml} has an example of each.
 */
@NullMarked
package io.godwit.protocol.body;

import org.jspecify.annotations.NullMarked;
