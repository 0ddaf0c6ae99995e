package io.godwit.cli.profile;

import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/** A profile package in a file: DER, or the hexadecimal digits of it. */
public record ProfileFile(Path path, Octets octets) {
    /** Twice the most that a package may have, in digits, and some line ends. */
    private static final long MOST = 3L * ProfilePackage.MAX_OCTETS;

    private static final FileAttribute<?> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** @throws ProfileException when there is no such file, or it is too large for a package */
    public static ProfileFile read(Path path) throws IOException {
        Octets content = content(path, MOST, "a profile package");
        String text = content.toUtf8().strip().replaceAll("\\s+", "");
        boolean digits = !text.isEmpty() && text.length() % 2 == 0 && text.matches("[0-9a-fA-F]+");
        return new ProfileFile(path, digits ? Octets.fromHex(text) : content);
    }

    static Octets content(Path path, long most, String what) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ProfileException(path + " is no file. Name " + what + ".");
        }
        if (Files.size(path) > most) {
            throw new ProfileException(path + " is larger than " + what + " may be.");
        }
        return Octets.of(Files.readAllBytes(path));
    }

    /** @throws ProfileException when the octets are no package */
    public ProfilePackage toPackage() {
        Reading<ProfilePackage> reading = ProfilePackage.decode(octets);
        if (reading instanceof Reading.Refused<ProfilePackage> refused) {
            throw unreadable(refused.fault());
        }
        ProfilePackage read = reading.toOptional().orElseThrow();
        if (read.elements().isEmpty()) {
            throw new ProfileException(path + " is empty. Name a profile package: DER, or its hexadecimal digits.");
        }
        return read;
    }

    /** What to say of octets that are no package. */
    public ProfileException unreadable(PackageFault fault) {
        return new ProfileException(path + " is no profile package: at octet " + fault.offset() + ", element "
                + fault.element() + ", " + words(fault.reason().toString()) + ".");
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Writes a new file that its owner alone may read.
     *
     * @throws ProfileException when there is one already
     */
    public static void write(Path path, Octets content) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (var channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ALONE)) {
            ByteBuffer left = ByteBuffer.wrap(content.toBytes());
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (FileAlreadyExistsException e) {
            throw new ProfileException(
                    path + " is there already and is not overwritten. Choose another name, or remove it.");
        }
    }
}
