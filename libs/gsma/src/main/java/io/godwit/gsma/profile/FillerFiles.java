package io.godwit.gsma.profile;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/** Files without meaning in the MF, so that a built package can be as long as an operator's. */
final class FillerFiles {
    private static final int FIRST_FILE = 0x2f50;
    private static final int FILE_SIZE = 2000;
    /** Of an element beside the content of its file. */
    private static final int OVERHEAD = 44;

    private FillerFiles() {}

    /** Files that make a package longer by about so many octets; none for less than one file. */
    static List<ProfileElement> of(int octets) {
        List<ProfileElement> padding = new ArrayList<>();
        int left = octets;
        while (left > OVERHEAD) {
            int size = Math.min(FILE_SIZE, left - OVERHEAD);
            int number = padding.size();
            byte[] content = new byte[size];
            for (int i = 0; i < size; i++) {
                content[i] = (byte) ((31 * i + number) ^ (i >> 8));
            }
            Fcp fcp = Fcp.of(
                    new Tlv(0x82, Octets.fromHex("4121")),
                    new Tlv(0x83, Octets.ofInts((FIRST_FILE + number) >> 8, FIRST_FILE + number)),
                    new Tlv(0x8b, Octets.fromHex("2f0601")),
                    new Tlv(0x80, BuiltElements.shortest(size)));
            padding.add(new GenericFileManagement(
                    BuiltElements.header(16 + number),
                    List.of(List.of(new FileOperation.Create(fcp), new FileOperation.Write(Octets.of(content))))));
            left -= size + OVERHEAD;
        }
        return padding;
    }
}
