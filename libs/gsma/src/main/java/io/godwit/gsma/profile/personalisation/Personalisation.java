package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.ProfilePackage;

/** What became of a template and a subscription. */
public sealed interface Personalisation {
    /** The profile of that subscription. It holds its secrets. */
    record Personalised(ProfilePackage profile) implements Personalisation {
        public Personalised {
            requireNonNull(profile, "profile is null");
        }
    }

    /** The two do not fit. The reason names the place and no secret. */
    record Refused(String reason) implements Personalisation {
        public Refused {
            requireNonNull(reason, "reason is null");
        }
    }
}
