package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Octets;

/** A card that a profile was downloaded to, by an SM-DP, over SCP03t; the profile is disabled, the bootstrap enabled. */
public record DownloadedCard(EuiccCard card, Octets enabling) {
    private static final int MEMORY = 60_000;

    /**
     * Downloads the profile.
     *
     * @return the card, and a command packet that would enable the profile
     */
    public static DownloadedCard of(ProfileBuilder profile) {
        TestSmSr smSr = smSr(profile);
        Octets packet = TestSmSr.packet(
                smSr.counter().next(), new CommandScript(new EnableProfile(TestSmDp.ISD_P).commands()).encode());
        return new DownloadedCard(smSr.card(), packet);
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
