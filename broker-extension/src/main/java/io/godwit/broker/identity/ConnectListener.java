package io.godwit.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.interceptor.connect.ConnectInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.publish.ModifiableConnectPacket;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.identity.Gatekeeper.Entry;
import io.godwit.broker.identity.Gatekeeper.NotNow;
import io.godwit.broker.identity.Gatekeeper.Welcome;
import io.godwit.broker.metrics.BridgeMetrics;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every CONNECT comes here twice: first its client id gets the device's prefix and its session is made short, then the
 * secret or the certificate is checked. A client that shows a certificate is who the certificate says, or nobody.
 */
public final class ConnectListener implements ConnectInboundInterceptor, SimpleAuthenticator {
    /** Where the verifier of the proven secret is kept in HiveMQ's attributes of the network connection. */
    public static final String VERIFIER = "godwit-verifier";

    /** Where the SHA-256 of the trust anchor is kept, for a client that came with a certificate. */
    public static final String ANCHOR = "godwit-anchor";

    /** No tenant starts with this, so the refused share nothing with the accepted, not even HiveMQ's queues. */
    private static final String NOBODY = "?/";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectListener.class);

    private final Gatekeeper gatekeeper;
    private final BridgeMetrics metrics;
    private final Clock clock;

    public ConnectListener(Gatekeeper gatekeeper, BridgeMetrics metrics, Clock clock) {
        this.clock = clock;
        this.gatekeeper = gatekeeper;
        this.metrics = metrics;
    }

    @Override
    public void onConnect(ConnectInboundInput input, ConnectInboundOutput output) {
        ModifiableConnectPacket packet = output.getConnectPacket();
        String prefix = claim(input.getConnectPacket(), chain(input.getConnectionInformation()))
                .map(Claim::clientIdPrefix)
                .orElse(NOBODY);
        packet.setClientId(prefix + packet.getClientId());
        // What is outstanding lives in PostgreSQL and comes again after the next subscription; a session that outlived
        // its
        // connection would deliver it twice, and on the wrong node.
        packet.setCleanStart(true);
        packet.setSessionExpiryInterval(0);
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        try {
            answer(input, output);
        } catch (RuntimeException e) {
            LOG.error("Checking a CONNECT failed; it is refused.", e);
            refuse(output, ConnackReasonCode.UNSPECIFIED_ERROR, "DEFECT", "the login could not be checked");
        }
    }

    private void answer(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket packet = input.getConnectPacket();
        List<X509Certificate> chain = chain(input.getConnectionInformation());
        // An interceptor that failed would leave the client id as the client chose it.
        Optional<Claim> claim =
                claim(packet, chain).filter(device -> packet.getClientId().startsWith(device.clientIdPrefix()));
        Entry entry = claim.isEmpty() || chain.isEmpty()
                ? gatekeeper.decide(
                        claim,
                        packet.getPassword()
                                .map(buffer -> UTF_8.decode(buffer.duplicate()).toString()))
                : gatekeeper.decide(chain, packet.getUserName(), clock.instant());
        if (entry instanceof NotNow notNow) {
            refuse(output, ConnackReasonCode.SERVER_UNAVAILABLE, "NOT_NOW", notNow.reason());
        } else if (entry instanceof Welcome welcome) {
            if (packet.getWillPublish().isPresent()) {
                // A will is published by the broker, past every check of ours; presence tells what a will could.
                refuse(output, ConnackReasonCode.NOT_AUTHORIZED, "WILL", "connect without a will");
                return;
            }
            ConnectionAttributeStore attributes =
                    input.getConnectionInformation().getConnectionAttributeStore();
            attributes.put(VERIFIER, ByteBuffer.wrap(welcome.verifier().toBytes()));
            attributes.put(ANCHOR, ByteBuffer.wrap(welcome.anchor().toBytes()));
            output.authenticateSuccessfully();
        } else if (chain.isEmpty()) {
            refuse(output, ConnackReasonCode.NOT_AUTHORIZED, "DENIED", "user name or password is wrong");
        } else {
            refuse(
                    output,
                    ConnackReasonCode.NOT_AUTHORIZED,
                    "CERTIFICATE",
                    "the certificate is of no device in service");
        }
    }

    private void refuse(SimpleAuthOutput output, ConnackReasonCode code, String reason, String sentence) {
        metrics.connectRefused(reason);
        output.failAuthentication(code, sentence);
    }

    private static Optional<Claim> claim(ConnectPacket packet, List<X509Certificate> chain) {
        return chain.isEmpty() ? packet.getUserName().flatMap(Claim::of) : DeviceSubject.of(chain.get(0));
    }

    /** What the client showed in the TLS handshake; empty when it showed none, or came without TLS. */
    private static List<X509Certificate> chain(ConnectionInformation connection) {
        return connection
                .getClientTlsInformation()
                .flatMap(ClientTlsInformation::getClientCertificateChain)
                .map(List::of)
                .orElse(List.of());
    }
}
