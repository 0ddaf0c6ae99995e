package io.godwit.broker.identity;

import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides on a CONNECT: user name {@code <tenant>/<nid>} and the device secret as password, or a certificate whose subject
 * names both and that a trust anchor of that tenant stands behind. An unknown tenant, an unknown or
 * removed device, a suspended tenant and a wrong secret get one and the same answer, after the same work.
 */
public final class Gatekeeper {
    private static final Octets NOBODY = Octets.of(new byte[32]);

    private final Octets pepper;
    private final FleetView fleet;
    private final Readiness readiness;
    private final Predicate<TopicSet> recordable;

    /** @param recordable whether records into that topic set are possible at present */
    public Gatekeeper(Octets pepper, FleetView fleet, Readiness readiness, Predicate<TopicSet> recordable) {
        this.pepper = pepper;
        this.fleet = fleet;
        this.readiness = readiness;
        this.recordable = recordable;
    }

    /** A user name, taken apart; a claim until the secret proves it. */
    public record Claim(TenantId tenant, Nid nid) {
        /** The claim that {@code userName} makes, if it has the form of one. */
        public static Optional<Claim> of(String userName) {
            int slash = userName.indexOf('/');
            if (slash < 1 || !Nid.isValid(userName.substring(slash + 1))) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new Claim(new TenantId(userName.substring(0, slash)), new Nid(userName.substring(slash + 1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** What all client ids of this device start with, so that none can be another device's. */
        public String clientIdPrefix() {
            return tenant + "/" + nid + "/";
        }
    }

    /** What is answered. */
    public sealed interface Entry {}

    /**
     * It is that device, and it can be served.
     *
     * @param verifier the device's at this moment
     * @param anchor SHA-256 of the trust anchor that stands behind its certificate; empty octets when it came with a secret
     */
    public record Welcome(Claim device, Octets verifier, Octets anchor) implements Entry {}

    /** This node cannot tell yet, or cannot serve the device now: come back later. */
    public record NotNow(String reason) implements Entry {}

    /** Whoever it is, it is not let in. */
    public record Denied() implements Entry {}

    public Entry decide(Optional<Claim> claim, Optional<String> secret) {
        if (claim.isEmpty() || secret.isEmpty()) {
            return new Denied();
        }
        Claim device = claim.get();
        if (!readiness.knows(device.tenant())) {
            return new NotNow("the fleet is not read yet");
        }
        Octets verifier = DeviceCredential.verifier(pepper, device.tenant(), device.nid(), secret.get());
        Octets expected = fleet.find(device.tenant(), device.nid())
                .map(FleetView.Device::verifier)
                .orElse(NOBODY);
        return verifier.equalsInConstantTime(expected)
                ? served(new Welcome(device, verifier, Octets.EMPTY))
                : new Denied();
    }

    /**
     * @param chain what the client has proved in the TLS handshake to have the key of, its own certificate first
     * @param userName not needed; when there is one, it has to say the same
     */
    public Entry decide(List<X509Certificate> chain, Optional<String> userName, Instant now) {
        Optional<Claim> subject = DeviceSubject.of(chain.get(0));
        if (subject.isEmpty() || !userName.map(Claim::of).orElse(subject).equals(subject)) {
            return new Denied();
        }
        Claim device = subject.get();
        if (!readiness.knows(device.tenant())) {
            return new NotNow("the fleet is not read yet");
        }
        Optional<Octets> anchor = fleet.trustAnchors(device.tenant()).verify(chain, now);
        Optional<FleetView.Device> known = fleet.find(device.tenant(), device.nid());
        return anchor.isPresent() && known.isPresent()
                ? served(new Welcome(device, known.get().verifier(), anchor.get()))
                : new Denied();
    }

    private Entry served(Welcome welcome) {
        Optional<TopicSet> set = fleet.topicSet(welcome.device().tenant());
        if (set.isEmpty()) {
            return new Denied();
        }
        return readiness.serves(set.get()) && recordable.test(set.get())
                ? welcome
                : new NotNow("messages cannot be recorded at present");
    }
}
