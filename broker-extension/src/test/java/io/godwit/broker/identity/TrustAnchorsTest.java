package io.godwit.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.tls.Pem;
import io.godwit.local.tls.TestAuthority;
import io.godwit.local.tls.TestAuthority.Identity;
import io.godwit.local.tls.TestAuthority.Purpose;
import io.godwit.protocol.Octets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustAnchorsTest {
    private static final TestAuthority OURS = TestAuthority.create("CN=Ours");
    private static final TestAuthority THEIRS = TestAuthority.create("CN=Theirs");

    private final Instant now = Instant.now();
    private final Instant from = now.minusSeconds(60);
    private final Instant until = now.plus(Duration.ofDays(1));
    private final TrustAnchors anchors = TrustAnchors.of(List.of(pem(OURS)));

    @Test
    void whatAnAnchorHasSignedIsGenuine() {
        Identity device = OURS.device("CN=dev,O=acme", from, until);

        Optional<Octets> anchor = verify(device.certificate());

        assertTrue(anchor.isPresent());
        assertTrue(anchors.has(anchor.get()));
        assertEquals(anchor, verify(device.certificate(), OURS.identity().certificate()), "sent with its anchor");
    }

    @Test
    void anotherAuthorityCountsForNothingEvenUnderTheSameName() {
        TestAuthority namesake = TestAuthority.create("CN=Ours");
        assertRefused(
                THEIRS.device("CN=dev,O=acme", from, until).certificate(),
                THEIRS.identity().certificate());
        assertRefused(namesake.device("CN=dev,O=acme", from, until).certificate());
        assertRefused(
                namesake.device("CN=dev,O=acme", from, until).certificate(),
                namesake.identity().certificate());
    }

    @Test
    void itsTimeHasToHaveCome() {
        assertRefused(OURS.device("CN=dev,O=acme", from, now.minusSeconds(1)).certificate());
        assertRefused(OURS.device("CN=dev,O=acme", now.plusSeconds(60), until).certificate());
    }

    @Test
    void anAnchorWhoseTimeIsOverVerifiesNothing() {
        X509Certificate device = OURS.device("CN=dev,O=acme", from, now.plus(Duration.ofDays(8000)))
                .certificate();
        assertTrue(verify(device).isPresent());
        assertFalse(
                anchors.verify(List.of(device), now.plus(Duration.ofDays(7000))).isPresent());
    }

    @Test
    void itHasToBeAClientsAndNoAuthoritys() {
        assertRefused(OURS.issue("CN=dev,O=acme", Purpose.SERVER, List.of(), from, until)
                .certificate());
        assertRefused(OURS.identity().certificate());
        assertRefused(TestAuthority.create("CN=dev,O=acme").identity().certificate());
    }

    @Test
    void whatADeviceHasSignedIsNotGenuine() {
        Identity device = OURS.device("CN=dev,O=acme", from, until);
        Identity forged = new TestAuthority(device).device("CN=other,O=acme", from, until);
        assertRefused(forged.certificate(), device.certificate());
    }

    @Test
    void whatIsNoAuthoritysCertificateIsLeftOutAndCounted() {
        TrustAnchors some = TrustAnchors.of(List.of(
                "no certificate",
                pem(OURS),
                Pem.of(OURS.device("CN=x", from, until).certificate())));
        assertEquals(2, some.unreadable());
        assertEquals(List.of(OURS.identity().certificate()), List.copyOf(some.certificates()));
        assertFalse(TrustAnchors.NONE
                .verify(List.of(OURS.device("CN=dev,O=acme", from, until).certificate()), now)
                .isPresent());
    }

    private void assertRefused(X509Certificate... chain) {
        assertEquals(Optional.empty(), verify(chain));
    }

    private Optional<Octets> verify(X509Certificate... chain) {
        return anchors.verify(List.of(chain), now);
    }

    private static String pem(TestAuthority authority) {
        return Pem.of(authority.identity().certificate());
    }
}
