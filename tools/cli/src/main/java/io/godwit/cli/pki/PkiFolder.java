package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Where a PKI lives. What is there stays: nothing is overwritten. */
public record PkiFolder(Path path) {
    /**
     * Writes all of {@code files}, or none where one of them is there already.
     *
     * @return their paths
     * @throws PkiException when one is there already
     */
    public List<Path> write(List<PkiFile> files) throws IOException {
        for (PkiFile file : files) {
            if (Files.exists(path.resolve(file.name()))) {
                throw new PkiException(path.resolve(file.name())
                        + " is there already and is not overwritten. Choose another folder, or remove it.");
            }
        }
        for (PkiFile file : files) {
            write(file);
        }
        return files.stream().map(file -> path.resolve(file.name())).toList();
    }

    private void write(PkiFile file) throws IOException {
        Path target = path.resolve(file.name());
        Files.createDirectories(target.toAbsolutePath().getParent());
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(file.secret() ? "rw-------" : "rw-r--r--"));
        try (var channel =
                Files.newByteChannel(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(java.nio.ByteBuffer.wrap(file.content().toBytes()));
        }
    }

    /**
     * Reads what {@link PkiFile#key} has written.
     *
     * @param maker the command that makes it, for the one who has not run it yet
     */
    EcKeyPair key(String name, String maker) throws IOException {
        Path file = path.resolve(name + ".key.pem");
        return single(file, Pem.PRIVATE_KEY, maker)
                .flatMap(der -> Pkcs8.decode(der).toOptional())
                .orElseThrow(() -> new PkiException(file + " is not one private key on P-256 as PKCS#8 in PEM."));
    }

    /** Reads the certificate of an authority, as {@link #key} does. */
    CaCertificate authority(String name, String maker) throws IOException {
        Path file = path.resolve(name + ".cert.pem");
        return single(file, Pem.CERTIFICATE, maker)
                .flatMap(der -> CaCertificate.decode(der).toOptional())
                .orElseThrow(() -> new PkiException(file + " is not one X.509 certificate on P-256 in PEM."));
    }

    private static java.util.Optional<Octets> single(Path file, String label, String maker) throws IOException {
        if (!Files.exists(file)) {
            throw new PkiException(file + " is not there. Make it with: " + maker);
        }
        List<Octets> pieces = PkiReading.pem(file, label);
        return pieces.size() == 1 ? java.util.Optional.of(pieces.get(0)) : java.util.Optional.empty();
    }
}
