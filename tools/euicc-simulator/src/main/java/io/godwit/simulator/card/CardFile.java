package io.godwit.simulator.card;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A card's non-volatile memory on disk, so that a restart is a reboot and not a new card. A card is replaced whole or not
 * at all. Used by one thread at a time.
 */
public final class CardFile {
    /** What a stored card has to survive. */
    public enum Durability {
        /** The end of this process. */
        PROCESS,
        /** The end of this machine's power, too: the disk is waited for. */
        POWER
    }

    /** What loading gives. */
    public sealed interface Loading {}

    /** The card as it was stored; it has lost its power since, so begin with {@link EuiccCard#afterReboot()}. */
    public record Loaded(EuiccCard card) implements Loading {}

    /** There is no such card yet. */
    public record Absent() implements Loading {}

    /** The file holds something else, or another version of the format: the card is lost. */
    public record Damaged() implements Loading {}

    private final Path file;
    private final Path draft;
    private final Durability durability;

    private CardFile(Path file, Durability durability) {
        this.file = requireNonNull(file, "file is null");
        this.draft = file.resolveSibling(file.getFileName() + ".draft");
        this.durability = requireNonNull(durability, "durability is null");
    }

    /** The file of one card in a directory of many, which has to exist. */
    public static CardFile in(Path directory, Eid eid, Durability durability) {
        return new CardFile(directory.resolve(eid.digits() + ".card"), durability);
    }

    /** @throws UncheckedIOException when the disk does not do it; the card stored before is still there */
    public void save(EuiccCard card) {
        try {
            write(CardStateCodec.encode(card.state()));
            Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
            if (durability == Durability.POWER) {
                syncDirectory();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store the card in " + file, e);
        }
    }

    /** @throws UncheckedIOException when the disk does not do it */
    public Loading load() {
        try {
            Optional<CardState> state = CardStateCodec.decode(Octets.of(Files.readAllBytes(file)));
            return state.<Loading>map(found -> new Loaded(new EuiccCard(found))).orElseGet(Damaged::new);
        } catch (NoSuchFileException absent) {
            return new Absent();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the card in " + file, e);
        }
    }

    private void write(Octets octets) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(octets.toBytes());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durability == Durability.POWER) {
                channel.force(true);
            }
        }
    }

    /** Without it the new name may be forgotten though the content is safe. */
    private void syncDirectory() throws IOException {
        Path directory = requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }
}
