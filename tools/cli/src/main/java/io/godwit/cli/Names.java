package io.godwit.cli;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;

/** Reads names from options, and refuses what is none. */
record Names(Bounds bounds) {
    TenantId tenant(String text) {
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException noTenant) {
            throw bounds.refusal("--tenant", "1 to 40 lower-case letters, digits and hyphens, starting with a letter");
        }
    }

    Nid nid(String text) {
        if (!Nid.isValid(text)) {
            throw bounds.refusal(
                    "--nid", "1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit, and not 0");
        }
        return new Nid(text);
    }
}
