package io.godwit.cli.profile;

import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstallationFault;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Whether a package is written again as it was read, and whether a card, by our reading of one, installs it. */
public sealed interface Soundness {
    /** More than any card has for a profile. */
    int MEMORY = 0x200000;

    /** It is. */
    record Sound(ProfilePackage profile, InstalledProfile installed, EuiccResponse response) implements Soundness {}

    /** It is not. {@code offset} is that of the octet at fault, {@code element} the name of its element. */
    record Unsound(int offset, String element, OptionalInt identification, String reason) implements Soundness {}

    static Soundness of(ProfileFile file) {
        Reading<ProfilePackage> reading = ProfilePackage.decode(file.octets());
        if (reading instanceof Reading.Refused<ProfilePackage> refused) {
            return new Unsound(
                    refused.fault().offset(),
                    refused.fault().element(),
                    OptionalInt.empty(),
                    "not readable: "
                            + ProfileFile.words(refused.fault().reason().toString()));
        }
        ProfilePackage profile = reading.toOptional().orElseThrow();
        if (!profile.encode().equals(file.octets())) {
            return new Unsound(0, "header", OptionalInt.empty(), "written again it has other octets");
        }
        Installation.State state =
                Installation.start(MEMORY).feed(file.octets()).end().state();
        if (state instanceof Installation.Finished finished) {
            return new Sound(profile, finished.profile(), finished.response());
        }
        InstallationFault fault = ((Installation.Failed) state).fault();
        return new Unsound(
                fault.offset(),
                fault.element(),
                fault.status().identification(),
                "not installable, status " + fault.status().status() + ": " + fault.detail());
    }

    default Json.Obj toJson() {
        if (this instanceof Unsound unsound) {
            Json.ObjectBuilder object = Json.object()
                    .put("sound", false)
                    .put("offset", unsound.offset())
                    .put("element", unsound.element());
            if (unsound.identification().isPresent()) {
                object.put("identification", unsound.identification().getAsInt());
            }
            return object.put("reason", unsound.reason()).build();
        }
        Sound sound = (Sound) this;
        return Json.object()
                .put("sound", true)
                .put("octets", sound.profile().encode().length())
                .put("elements", sound.profile().elements().size())
                .put("iccid", sound.installed().iccid().map(Object::toString).orElse(null))
                .put("imsi", sound.installed().imsi().map(Object::toString).orElse(null))
                .put("files", sound.installed().files().files().size())
                .put("memory", sound.installed().memoryUsed())
                .put("answer", sound.response().encode().toHex())
                .build();
    }

    /** What was found, for a person. */
    default String sentence() {
        if (this instanceof Unsound unsound) {
            String called = unsound.identification().isPresent()
                    ? " (identification " + unsound.identification().getAsInt() + ")"
                    : "";
            return "at octet " + unsound.offset() + ", element " + unsound.element() + called + ": " + unsound.reason();
        }
        Sound sound = (Sound) this;
        List<PeStatus> leftOut = sound.response().statuses().stream()
                .filter(status -> status.status() != PeStatus.OK)
                .toList();
        return String.format(
                Locale.ROOT,
                "sound: %d elements in %,d octets, read and written again to the same; a card makes %d files of it,"
                        + " ICCID %s, IMSI %s%s",
                sound.profile().elements().size(),
                sound.profile().encode().length(),
                sound.installed().files().files().size(),
                sound.installed().iccid().map(Object::toString).orElse("none"),
                sound.installed().imsi().map(Object::toString).orElse("none"),
                leftOut.isEmpty() ? "" : ", and leaves out " + leftOut.size() + " elements that it does not know");
    }
}
