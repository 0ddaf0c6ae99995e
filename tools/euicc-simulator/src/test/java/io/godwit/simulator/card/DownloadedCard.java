package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Octets;

/** A card that a profile was downloaded to, by an SM-DP, over SCP03t; the profile is disabled, the bootstrap enabled. */
public record DownloadedCard(EuiccCard card, Counter next) {
    /** Enables the downloaded profile. */
    public static final EnableProfile ENABLE = new EnableProfile(TestSmDp.ISD_P);

    private static final int MEMORY = 60_000;

    /** Downloads the profile. */
    public static DownloadedCard of(ProfileBuilder profile) {
        TestSmSr smSr = smSr(profile);
        return new DownloadedCard(smSr.card(), smSr.counter().next());
    }

    /** A command packet that enables the profile. */
    public Octets enabling() {
        return packet(0, ENABLE);
    }

    /** A packet that confirms the notification with this number, when the profile has been enabled before. */
    public Octets confirming(int sequence) {
        return packet(1, new NotificationConfirmation(sequence));
    }

    /** A command packet, the {@code number}th since the download. */
    public Octets packet(int number, Es5Function function) {
        return TestSmSr.packet(new Counter(next.value() + number), new CommandScript(function.commands()).encode());
    }

    static TestSmSr smSr(ProfileBuilder profile) {
        TestSmSr smSr = new TestSmSr(TestSmDp.card());
        TestSmDp.create(smSr, MEMORY);
        Scp03tChannel channel = TestSmDp.open(smSr, TestSmDp.session(TestSmDp.establish(smSr), 1));
        for (Octets segment : Segments.cut(profile.build().encode(), Segments.MAX_TLV)) {
            Scp03tChannel.Wrapped wrapped = channel.wrap(segment);
            channel = wrapped.next();
            assertEquals(1, smSr.download(TestSmDp.ISD_P, wrapped.command()).size());
        }
        assertEquals(
                profile.iccid(),
                smSr.card().state().isdP(TestSmDp.ISD_P).orElseThrow().iccid().orElseThrow());
        return smSr;
    }
}
