package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.profile.FilePath;
import io.godwit.protocol.Octets;
import java.util.stream.Stream;

/** Takes out of a package what a template must not have. */
final class Blanking {
    private static final int EMPTY = 0xff;

    private Blanking() {}

    static Octets of(Anatomy anatomy) {
        Patch patch = new Patch(anatomy.octets());
        anatomy.secrets().forEach(field -> patch.put(field, Placeholder.of(field.length())));
        anatomy.having(Field.Role.ICCID).forEach(field -> patch.put(field, Placeholder.of(field.length())));
        Stream<FilePath> numbers = Stream.concat(Stream.of(Anatomy.EF_ICCID), anatomy.imsiFiles().stream());
        numbers.flatMap(path -> anatomy.contents().in(path).stream())
                .forEach(placed ->
                        patch.put(placed.field(), Placeholder.of(placed.field().length())));
        // Digits still, so that the text remains one and its place is found again.
        ImsIdentities.of(anatomy).forEach(field -> patch.put(field, field.filledWith('0')));
        anatomy.keyFileContents().forEach(field -> patch.put(field, field.filledWith(EMPTY)));
        return patch.octets();
    }
}
