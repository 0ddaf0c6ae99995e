package io.godwit.system.secrets;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a search of some sources came to.
 *
 * @param looked by kind of place, what there was to look at: a scan that has seen nothing has found nothing either
 */
public record Scan(List<Found> found, Map<String, Amount> looked) {
    public Scan {
        found = List.copyOf(found);
        looked = Map.copyOf(looked);
    }

    /** How many records, columns, files and so on, and their octets. */
    public record Amount(long pieces, long octets) {
        Amount plus(long more) {
            return new Amount(pieces + 1, octets + more);
        }
    }

    /** Looks through all of {@code sources}. */
    public static Scan of(SecretSearch search, List<Source> sources) throws Exception {
        List<Found> found = new ArrayList<>();
        Map<String, Amount> looked = new LinkedHashMap<>();
        for (Source source : sources) {
            looked.putIfAbsent(source.kind(), new Amount(0, 0));
            source.pour(new Source.Sink() {
                @Override
                public void take(String place, InputStream octets) throws IOException {
                    count(search.in(source.kind() + " " + place, octets, found::add));
                }

                @Override
                public void take(String place, Octets octets) {
                    search.in(source.kind() + " " + place, octets, found::add);
                    count(octets.length());
                }

                private void count(long octets) {
                    looked.computeIfPresent(source.kind(), (kind, amount) -> amount.plus(octets));
                }
            });
        }
        return new Scan(found, looked);
    }

    /** The kinds of place in which a secret of that name stands. */
    public Set<String> kinds(String secret) {
        return found.stream()
                .filter(one -> one.secret().name().equals(secret))
                .map(one -> one.place().substring(0, one.place().indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /** Where something stands that is none of {@code allowed}, a line each. */
    public String besides(Set<String> allowed) {
        return found.stream()
                .filter(one -> !allowed.contains(one.secret().name()))
                .map(Found::toString)
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
