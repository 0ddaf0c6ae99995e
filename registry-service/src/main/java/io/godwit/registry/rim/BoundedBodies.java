package io.godwit.registry.rim;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Bounds each body, by what it says of its length and by what comes: a document is in memory as a whole, and the limit of HTTP
 * is one for streams of lines, which are read line by line and bounded there.
 */
public class BoundedBodies {
    /** More than ten thousand nids need, and a profile package of {@link io.godwit.protocol.PackageSize} as JWE. */
    static final int MAX_OCTETS = 4 * 1024 * 1024;

    private static final int TOO_LARGE = 413;

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        if (isLines(request.getMediaType())) {
            return;
        }
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        // HTTP has refused what is no number. One of more digits than a long has is a large one.
        if (length != null && (length.length() > 18 || Long.parseLong(length) > MAX_OCTETS)) {
            throw tooLarge();
        }
        InputStream body = request.getEntityStream();
        if (body != null) {
            request.setEntityStream(new Bounded(body));
        }
    }

    private static boolean isLines(@Nullable MediaType type) {
        return type != null && type.getSubtype().endsWith("ndjson");
    }

    private static ProblemException tooLarge() {
        String remedy =
                "at most " + MAX_OCTETS + " octets expected; many go as application/x-ndjson, where there is that";
        return new ProblemException(new Problem(
                "urn:godwit:problem:body-too-large",
                "The body is too large",
                TOO_LARGE,
                "body: " + remedy,
                List.of(new Problem.FieldError("body", remedy))));
    }

    /** Ends the request at the first octet that is too many. */
    private static final class Bounded extends FilterInputStream {
        private long left = MAX_OCTETS;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int octets = super.read(into, offset, length);
            count(Math.max(octets, 0));
            return octets;
        }

        private void count(int octets) {
            left -= octets;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
