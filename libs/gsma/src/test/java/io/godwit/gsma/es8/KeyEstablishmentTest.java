package io.godwit.gsma.es8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides of EstablishISDPKeySet against the transcript. */
class KeyEstablishmentTest {
    private final Vectors vectors = Vectors.load("es8-key-set-and-profile.txt");
    private final Octets challenge = vectors.get("RC");
    private final GpCertificate certificate =
            GpCertificate.decode(vectors.get("CERT.DP.ECDSA")).toOptional().orElseThrow();
    private final EcKeyPair smDp = EcKeyPair.of(vectors.get("SK.DP.ECDSA"));
    private final EcPublicKey ephemeral =
            EcKeyPair.of(vectors.get("eSK.DP.ECKA")).publicKey();
    private final ControlReferenceTemplate template = ControlReferenceTemplate.of(0x30);
    private final SendKeyParameters parameters = new SendKeyParameters(template, ephemeral, vectors.get("sd2_sig"));

    @Test
    void installForPersonalization() {
        InstallForPersonalization install = new InstallForPersonalization(Aid.of(vectors.get("isdp_aid")));
        assertEquals(vectors.get("install_perso"), install.command().encode());
        assertEquals(Optional.of(install), InstallForPersonalization.parse(install.command()));
    }

    @Test
    void theCertificateIsShown() {
        CommandApdu command = new PresentCertificate(certificate).command();
        assertEquals("80e20900", command.encode().slice(0, 4).toHex());
        assertEquals(vectors.get("store_data_1_data(DGI 3A01)"), command.data());
        assertEquals(Optional.of(new PresentCertificate(certificate)), PresentCertificate.parse(command));
        assertTrue(PresentCertificate.isOne(command));
        assertFalse(PresentCertificate.isOne(parameters.command()));
    }

    @Test
    void theChallengeIsRead() {
        List<ResponseApdu> answer = List.of(
                ResponseApdu.of(StatusWord.SUCCESS),
                ResponseApdu.success(PresentCertificate.encodeChallenge(challenge)));
        assertEquals(new Es8Outcome.Accepted<>(challenge), PresentCertificate.outcome(answer));
        assertEquals(
                new Es8Outcome.Unreadable<>(Malformation.BAD_VALUE),
                PresentCertificate.outcome(List.of(ResponseApdu.success(Octets.fromHex("850100")))));
        assertEquals(new Es8Outcome.NotAnswered<>(), PresentCertificate.outcome(List.of()));
        assertThrows(IllegalArgumentException.class, () -> PresentCertificate.encodeChallenge(challenge.slice(0, 15)));
    }

    @Test
    void theKeyParametersAreThoseOfTheTranscript() {
        assertEquals(vectors.get("CRT_A6"), template.toTlv().encode());
        assertEquals("80e28901", parameters.command().encode().slice(0, 4).toHex());
        assertEquals(vectors.get("store_data_2_data"), parameters.command().data());
        assertEquals(Parsed.read(parameters), SendKeyParameters.parse(parameters.command()));
    }

    @Test
    void theSignatureCoversTemplateKeyAndChallenge() {
        assertTrue(smDp.publicKey().verifies(vectors.get("sd2_tbs"), vectors.get("sd2_sig")));
        assertTrue(parameters.isSignedBy(smDp.publicKey(), challenge));
        SendKeyParameters ours = SendKeyParameters.sign(template, ephemeral, challenge, smDp);
        assertTrue(ours.isSignedBy(smDp.publicKey(), challenge));
        assertFalse(ours.isSignedBy(ephemeral, challenge));
        assertFalse(ours.isSignedBy(smDp.publicKey(), vectors.get("DR")), "another challenge");
        assertFalse(
                new SendKeyParameters(ControlReferenceTemplate.of(0x31), ephemeral, ours.signature())
                        .isSignedBy(smDp.publicKey(), challenge),
                "another template");
        assertFalse(
                new SendKeyParameters(template, smDp.publicKey(), ours.signature())
                        .isSignedBy(smDp.publicKey(), challenge),
                "another key");
    }

    @Test
    void eachChangedBitIsRefusedOrNotSigned() {
        Octets data = parameters.command().data();
        for (int bit = 0; bit < data.length() * 8; bit++) {
            byte[] changed = data.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            CommandApdu command = new CommandApdu(0x80, 0xe2, 0x89, 0x01, Octets.of(changed));
            boolean obeyed = SendKeyParameters.parse(command)
                    .toOptional()
                    .filter(read -> read.isSignedBy(smDp.publicKey(), challenge))
                    .isPresent();
            assertFalse(obeyed, "bit " + bit);
        }
    }

    @Test
    void theReceiptIsRead() {
        assertEquals(
                new Es8Outcome.Accepted<>(new KeySetAnswer(Optional.of(vectors.get("DR")), vectors.get("receipt"))),
                SendKeyParameters.outcome(List.of(ResponseApdu.success(vectors.get("store_data_2_response")))));
    }

    @Test
    void bothSidesOfTheTranscriptComeToItsKeys() {
        EcKeyPair ecasd = EcKeyPair.of(vectors.get("SK.ECASD.ECKA"));
        Octets random = vectors.get("DR");
        EstablishedKeys card = EckaEg.establish(ecasd, ephemeral, SharedInfo.of(random));
        EstablishedKeys manager =
                EckaEg.establish(EcKeyPair.of(vectors.get("eSK.DP.ECKA")), ecasd.publicKey(), SharedInfo.of(random));
        assertEquals(vectors.get("receipt"), card.receipt(template.toTlv()));
        assertTrue(manager.confirmedBy(template.toTlv(), vectors.get("receipt")));
        assertEquals(card.toScp03Keys(0x30), manager.toScp03Keys(0x30));
    }

    @Test
    void templatesForTheIsdRAndForAHost() {
        ControlReferenceTemplate all = new ControlReferenceTemplate(
                true, 0x02, Octets.fromHex("0000000001"), Optional.of(Octets.utf8("host")));
        assertEquals(
                "a620" + "9002030f" + "950110" + "800188" + "810110" + "820101" + "830102" + "91050000000001" + "8404"
                        + "686f7374",
                all.toTlv().encode().toHex());
        assertEquals(
                Parsed.read(all), ControlReferenceTemplate.decode(all.toTlv().encode()));
    }

    @Test
    void templatesThatAreNotOursAreRefused() {
        for (String other : List.of(
                "a6159002010a950110800188810110820101830130" + "9100", // scenario 1
                "a6159002030a950111800188810110820101830130" + "9100", // a usage that is none
                "a6159002030a950110800188810120820101830130" + "9100", // AES-256
                "a6159002030a950110800180810110820101830130" + "9100", // DES
                "a6159002030895011080018881011082010183013091" + "00", // no derivation random
                "a6139002030a950110800188810110820101830130", // no counter
                "a6159002030a950110800188810110820101830100" + "9100")) {
            assertFalse(
                    ControlReferenceTemplate.decode(Octets.fromHex(other))
                            .toOptional()
                            .isPresent(),
                    other);
        }
        assertThrows(IllegalArgumentException.class, () -> ControlReferenceTemplate.of(0));
    }

    @ParameterizedTest
    @EnumSource(Es8Error.class)
    void refusalsHaveTheirWords(Es8Error error) {
        assertEquals(
                new Es8Outcome.Refused<>(error.status(), error),
                SendKeyParameters.outcome(List.of(ResponseApdu.of(error.status()))));
    }

    @Test
    void aStatusWordThatNobodyDefinedIsOther() {
        StatusWord unheardOf = new StatusWord(0x6123);
        assertEquals(
                new Es8Outcome.Refused<>(unheardOf, Es8Error.OTHER),
                PresentCertificate.outcome(List.of(ResponseApdu.of(unheardOf))));
    }

    @Test
    void connectivityParameters() {
        UpdateConnectivityParameters both = new UpdateConnectivityParameters(
                Optional.of(Octets.fromHex("0604911032f4")), Optional.of(Octets.fromHex("4703696f74")));
        assertEquals(
                "80e2880012" + "3a070f" + "a006" + "0604911032f4" + "a105" + "4703696f74",
                both.command().encode().toHex());
        assertEquals(Optional.of(both), UpdateConnectivityParameters.parse(both.command()));
        UpdateConnectivityParameters one =
                new UpdateConnectivityParameters(Optional.empty(), Optional.of(Octets.fromHex("4703696f74")));
        assertEquals(Optional.of(one), UpdateConnectivityParameters.parse(one.command()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new UpdateConnectivityParameters(Optional.empty(), Optional.empty()));
        assertEquals(
                Optional.empty(),
                UpdateConnectivityParameters.parse(
                        new CommandApdu(0x80, 0xe2, 0x88, 0x00, Octets.fromHex("3a0704a0020605"))));
    }
}
