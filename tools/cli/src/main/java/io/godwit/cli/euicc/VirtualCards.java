package io.godwit.cli.euicc;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.DeviceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The virtual cards whose files lie in an installation's folder, played by a process or not. */
public final class VirtualCards {
    private static final String CARDS = "cards";

    private final Path fleets;

    private VirtualCards(Path fleets) {
        this.fleets = fleets;
    }

    /** @param home the folder of an installation */
    public static VirtualCards in(Path home) {
        return new VirtualCards(home.resolve("fleets"));
    }

    /** The card in that device, as it was last written down. */
    public Optional<CardState> find(TenantId tenant, Nid nid) throws IOException {
        for (Path folder : folders()) {
            DeviceFiles files = new DeviceFiles(folder);
            for (Eid eid : files.eids()) {
                Optional<Credential> credential = files.findCredential(eid)
                        .filter(known -> known.identity().tenant().equals(tenant)
                                && known.identity().nid().equals(nid));
                if (credential.isPresent()) {
                    return Optional.of(
                            ((InsertedCard) files.load(eid).card()).euicc().state());
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(fleets)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(fleets)) {
            return all.map(fleet -> fleet.resolve(CARDS))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }
}
