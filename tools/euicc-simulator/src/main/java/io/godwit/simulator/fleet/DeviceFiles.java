package io.godwit.simulator.fleet;

import io.godwit.protocol.Eid;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.storage.StableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The disk of a fleet: for each card {@code <eid>.device} (its memory) and, once registered, {@code <eid>.credential}.
 * Readable by the owner alone, for keys and secrets stand in them. What is saved is there whole or not at all, and outlives the
 * death of the process; it is not forced to the disk, since no test here cuts the machine's power ({@link StableFile}).
 */
public final class DeviceFiles {
    private static final String MEMORY = ".device";
    private static final String CREDENTIAL = ".credential";

    private final Path directory;

    /** Uses {@code directory}, which is made when there is none. */
    public DeviceFiles(Path directory) throws IOException {
        this.directory = StableFile.privateDirectory(directory);
    }

    /** The cards in this directory, in the order of their numbers. */
    public List<Eid> eids() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(MEMORY))
                    .map(name -> new Eid(name.substring(0, name.length() - MEMORY.length())))
                    .sorted()
                    .toList();
        }
    }

    public boolean contains(Eid eid) {
        return file(eid, MEMORY).exists();
    }

    public void save(Eid eid, DeviceMemory memory) throws IOException {
        file(eid, MEMORY).save(DeviceMemoryCodec.encode(memory));
    }

    /** @throws MalformedRecordException when the card is not there, or damaged */
    public DeviceMemory load(Eid eid) throws IOException {
        return DeviceMemoryCodec.decode(file(eid, MEMORY)
                .load()
                .orElseThrow(() -> new MalformedRecordException("card", "there is none of EID " + eid)));
    }

    public void save(Credential credential) throws IOException {
        file(credential.eid(), CREDENTIAL).save(JsonWriter.write(credential.toJson()));
    }

    /** Empty for a card that is not registered. */
    public Optional<Credential> findCredential(Eid eid) throws IOException {
        return file(eid, CREDENTIAL).load().map(Credential::decode);
    }

    private StableFile file(Eid eid, String kind) {
        return new StableFile(directory.resolve(eid.digits() + kind));
    }
}
