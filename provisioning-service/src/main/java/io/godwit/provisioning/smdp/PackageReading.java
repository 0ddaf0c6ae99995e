package io.godwit.provisioning.smdp;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.gsma.profile.Service;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.record.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be said of a package without its secrets. */
public final class PackageReading {
    /** No profile takes less. */
    private static final int LEAST_MEMORY = 1024;

    private PackageReading() {}

    /** Why a package is not one that can be sent as the profile {@code iccid}; empty when it is. */
    public static Optional<Outcome> refusal(SecretOctets profilePackage, Iccid iccid) {
        Reading<ProfilePackage> reading = ProfilePackage.decode(profilePackage.reveal());
        if (reading instanceof Reading.Refused<ProfilePackage> refused) {
            return Optional.of(Outcome.failed(
                    "PACKAGE_UNREADABLE",
                    "profilePackage: " + refused.fault().element() + " at octet "
                            + refused.fault().offset() + ": " + refused.fault().reason()));
        }
        String digits = ((Reading.Read<ProfilePackage>) reading)
                .value()
                .header()
                .map(header -> header.iccid().toHex().replaceAll("f+$", ""))
                .orElse("");
        return digits.equals(iccid.digits())
                ? Optional.empty()
                : Optional.of(Outcome.failed(
                        "PACKAGE_OF_ANOTHER_ICCID", "iccid: the header of the package names another one"));
    }

    /** POL1 as the profile starts with it; empty when the package is none. */
    public static Optional<Pol1> pol1(SecretOctets profilePackage) {
        // A header without one allows everything.
        return header(profilePackage)
                .map(header -> header.pol()
                        .filter(pol -> pol.length() == 1)
                        .map(pol -> new Pol1(pol.toBytes()[0] & 0xff))
                        .orElse(Pol1.NONE));
    }

    /** What it demands of the card; of services that a later version has added only the card knows. */
    public static Set<Service> services(SecretOctets profilePackage) {
        return header(profilePackage).stream()
                .flatMap(header -> header.services().stream())
                .flatMap(number -> Service.of(number).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<ProfileHeader> header(SecretOctets profilePackage) {
        return ProfilePackage.decode(profilePackage.reveal()).toOptional().flatMap(ProfilePackage::header);
    }

    /** Octets that an ISD-P needs for it, by our own count; what our count cannot follow is taken to need its own length. */
    public static int memory(SecretOctets profilePackage) {
        Installation installation = Installation.start(Integer.MAX_VALUE).feed(profilePackage.reveal());
        int counted = installation.state() instanceof Installation.Finished finished
                ? finished.profile().memoryUsed()
                : profilePackage.length();
        return Math.max(counted, LEAST_MEMORY);
    }

    /** The outcome of a package that the card has given up, with the element and the reason. */
    public static Outcome refused(EuiccResponse response, SecretOctets profilePackage) {
        StringBuilder detail = new StringBuilder("the card has not installed the profile");
        response.firstFault().ifPresent(fault -> {
            detail.append(": ");
            element(fault, profilePackage)
                    .ifPresent(element -> detail.append(element).append(": "));
            detail.append(reason(fault.status()));
            fault.offset()
                    .ifPresent(offset ->
                            detail.append(", at octet ").append(offset).append(" of it"));
        });
        response.message().ifPresent(text -> detail.append(" (\"").append(text).append("\")"));
        return Outcome.failed("PROFILE_REFUSED", detail.toString());
    }

    private static Optional<String> element(PeStatus fault, SecretOctets profilePackage) {
        if (fault.identification().isEmpty()) {
            return Optional.empty();
        }
        int identification = fault.identification().getAsInt();
        String kind = ProfilePackage.decode(profilePackage.reveal()) instanceof Reading.Read<ProfilePackage> read
                ? read.value().elements().stream()
                        .filter(element -> element.peHeader()
                                .filter(header -> header.identification() == identification)
                                .isPresent())
                        .map(ProfileElement::kind)
                        .map(Object::toString)
                        .findFirst()
                        .orElse("")
                : "";
        return Optional.of(("element " + kind).strip() + " (identification " + identification + ")");
    }

    private static String reason(int status) {
        return switch (status) {
            case PeStatus.OK -> "ok";
            case PeStatus.PE_NOT_SUPPORTED -> "element not supported";
            case PeStatus.MEMORY_FAILURE -> "memory failure";
            case PeStatus.BAD_VALUES -> "bad values";
            case PeStatus.NOT_ENOUGH_MEMORY -> "not enough memory";
            case PeStatus.INVALID_REQUEST_FORMAT -> "invalid request format";
            case PeStatus.INVALID_PARAMETER -> "invalid parameter";
            case PeStatus.RUNTIME_NOT_SUPPORTED -> "runtime not supported";
            case PeStatus.LIB_NOT_SUPPORTED -> "library not supported";
            case PeStatus.TEMPLATE_NOT_SUPPORTED -> "template not supported";
            case PeStatus.FEATURE_NOT_SUPPORTED -> "feature not supported";
            case PeStatus.PIN_CODE_MISSING -> "PIN code missing";
            case PeStatus.UNSUPPORTED_PROFILE_VERSION -> "unsupported profile version";
            default -> "status " + Integer.toHexString(status);
        };
    }
}
