package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.install.InstalledProfile.Authentication;
import io.godwit.gsma.profile.install.InstalledProfile.DirectoryPin;
import io.godwit.gsma.profile.install.InstalledProfile.NotInterpreted;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A profile that is being installed. It changes; an {@link Installation} works on a copy, so that its values do not. */
final class Draft {
    final int memoryLimit;
    Optional<ProfileHeader> header = Optional.empty();
    final NavigableMap<FilePath, CardFile> files = new TreeMap<>();
    final List<PinDemand> pinDemands = new ArrayList<>();
    final List<DirectoryPin> pins = new ArrayList<>();
    final List<PukCodes.Puk> puks = new ArrayList<>();
    final List<Authentication> authentications = new ArrayList<>();
    final List<SecurityDomain> securityDomains = new ArrayList<>();
    final List<NotInterpreted> notInterpreted = new ArrayList<>();
    final List<PeStatus> leftOut = new ArrayList<>();
    /** What has been written into files, in the order of the elements. */
    final List<FileLayout.Written> writes = new ArrayList<>();
    /** The ADF that an element of this kind has made last. */
    final Map<ElementKind, FilePath> applications = new EnumMap<>(ElementKind.class);
    /** The directory to which PINs go. */
    Optional<FilePath> pinDirectory = Optional.empty();
    /** The network access application to which authentication parameters go. */
    Optional<FilePath> application = Optional.empty();

    int memoryUsed;
    /** How many fill patterns have come to stand in a file, whole. */
    int patterns;

    /** A directory that is guarded by these key references, and the element that has made it. */
    record PinDemand(FilePath directory, Octets keyReferences, int identification) {}

    Draft(int memoryLimit) {
        this.memoryLimit = memoryLimit;
    }

    Draft copy() {
        Draft copy = new Draft(memoryLimit);
        copy.header = header;
        copy.files.putAll(files);
        copy.pinDemands.addAll(pinDemands);
        copy.pins.addAll(pins);
        copy.puks.addAll(puks);
        copy.authentications.addAll(authentications);
        copy.securityDomains.addAll(securityDomains);
        copy.notInterpreted.addAll(notInterpreted);
        copy.leftOut.addAll(leftOut);
        copy.writes.addAll(writes);
        copy.applications.putAll(applications);
        copy.pinDirectory = pinDirectory;
        copy.application = application;
        copy.memoryUsed = memoryUsed;
        copy.patterns = patterns;
        return copy;
    }

    /** Takes memory before it is filled, so that a size in a package cannot make us allocate more than the limit. */
    void take(int octets) {
        if (octets > memoryLimit - memoryUsed) {
            throw new StatusFault(PeStatus.NOT_ENOUGH_MEMORY, octets + " octets more than the limit allows");
        }
        memoryUsed += octets;
    }

    boolean hasPin(FilePath directory, int keyReference) {
        return pins.stream()
                .anyMatch(one -> one.directory().equals(directory) && one.pin().keyReference() == keyReference);
    }

    InstalledProfile toProfile() {
        return new InstalledProfile(
                header.orElseThrow(),
                new FileSystem(List.copyOf(files.values())),
                pins,
                puks,
                authentications,
                securityDomains,
                notInterpreted,
                memoryUsed);
    }
}
