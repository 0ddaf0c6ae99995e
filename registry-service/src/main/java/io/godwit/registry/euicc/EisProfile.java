package io.godwit.registry.euicc;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import org.jspecify.annotations.Nullable;

/** A profile of an EIS, as far as the registry looks into it. */
record EisProfile(
        Iccid iccid,
        Aid isdPAid,
        String state,
        boolean fallbackAttribute,
        @Nullable String type,
        @Nullable String owner,
        @Nullable String mnoId) {}
