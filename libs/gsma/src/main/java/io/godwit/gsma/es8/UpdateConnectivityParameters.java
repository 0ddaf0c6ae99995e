package io.godwit.gsma.es8;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.StoreData;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a card with this profile reaches the SM-SR (SGP.02 section 4.1.3.4): {@code 80 E2 88 00 L | 3A07 L {[A0 L SMS] [A1 L
 * bearer]}}, sent to the ISD-P under its secure channel. Each template replaces the one that is there; one that is absent
 * leaves it. A card that is reached over MQTT keeps them for the day on which it is not.
 *
 * @param sms content of template A0: {@code 06 L service centre address}
 * @param bearer content of template A1: 35 bearer description, 47 network access name, 0D login and password
 */
public record UpdateConnectivityParameters(Optional<Octets> sms, Optional<Octets> bearer) {
    private static final int LAST_DGI = 0x88;
    private static final int DGI = 0x3a07;
    private static final int SMS = 0xa0;
    private static final int BEARER = 0xa1;

    /** @throws IllegalArgumentException when there is neither, or one is not a sequence of BER-TLV objects */
    public UpdateConnectivityParameters {
        requireNonNull(sms, "sms is null");
        requireNonNull(bearer, "bearer is null");
        if (sms.isEmpty() && bearer.isEmpty()) {
            throw new IllegalArgumentException("connectivity parameters: sms or bearer expected");
        }
        if (!isObjects(sms) || !isObjects(bearer)) {
            throw new IllegalArgumentException("connectivity parameters: BER-TLV objects expected");
        }
    }

    /** @throws IllegalArgumentException when the parameters do not fit one command */
    public CommandApdu command() {
        List<Octets> templates = new ArrayList<>();
        sms.ifPresent(content -> templates.add(new Tlv(SMS, content).encode()));
        bearer.ifPresent(content -> templates.add(new Tlv(BEARER, content).encode()));
        return StoreData.of(LAST_DGI, DGI, Octets.concat(templates.toArray(Octets[]::new)));
    }

    public static Optional<UpdateConnectivityParameters> parse(CommandApdu command) {
        return StoreData.content(command, LAST_DGI, DGI)
                .flatMap(content -> TlvReader.sequence(content).toOptional())
                .flatMap(UpdateConnectivityParameters::read);
    }

    private static Optional<UpdateConnectivityParameters> read(List<Tlv> templates) {
        List<Integer> tags = templates.stream().map(Tlv::tag).toList();
        boolean known = tags.equals(List.of(SMS)) || tags.equals(List.of(BEARER)) || tags.equals(List.of(SMS, BEARER));
        Optional<Octets> sms = content(templates, SMS);
        Optional<Octets> bearer = content(templates, BEARER);
        return known && isObjects(sms) && isObjects(bearer)
                ? Optional.of(new UpdateConnectivityParameters(sms, bearer))
                : Optional.empty();
    }

    private static Optional<Octets> content(List<Tlv> templates, int tag) {
        return templates.stream()
                .filter(template -> template.tag() == tag)
                .map(Tlv::value)
                .findFirst();
    }

    private static boolean isObjects(Optional<Octets> content) {
        return content.map(octets -> !octets.isEmpty()
                        && TlvReader.sequence(octets).toOptional().isPresent())
                .orElse(true);
    }
}
