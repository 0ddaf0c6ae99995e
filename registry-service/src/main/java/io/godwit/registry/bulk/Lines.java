package io.godwit.registry.bulk;

import io.godwit.protocol.Octets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a stream, one after the other, each of bounded size. */
public final class Lines {
    private final InputStream in;
    private final int maxOctets;

    public Lines(InputStream in, int maxOctets) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.maxOctets = maxOctets;
    }

    /**
     * The next line without its end; of a longer one than allowed only as many octets as tell that it is too long.
     *
     * @return empty at the end of the stream
     */
    public Optional<Octets> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        while (octet >= 0 && octet != '\n') {
            if (line.size() <= maxOctets) {
                line.write(octet);
            }
            octet = in.read();
        }
        return Optional.of(Octets.of(line.toByteArray()));
    }
}
