package io.godwit.cli.profile;

import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.personalisation.Personalisation;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import java.io.IOException;
import java.nio.file.Path;

/** Puts the subscription of one file into the template of another. */
public final class Personalising {
    private static final long MOST = 64 * 1024;

    private Personalising() {}

    /** @throws ProfileException when one is not what it should be, or they do not fit */
    public static ProfilePackage of(ProfileFile file, Path subscription) throws IOException {
        ProfileTemplate template = template(file);
        SubscriptionData data = subscription(subscription);
        try {
            Personalisation personalisation = template.personalise(data);
            if (personalisation instanceof Personalisation.Refused refused) {
                throw new ProfileException("The template and the subscription do not fit: " + refused.reason() + ".");
            }
            return ((Personalisation.Personalised) personalisation).profile();
        } finally {
            data.destroy();
        }
    }

    private static ProfileTemplate template(ProfileFile file) {
        ProfileTemplate.Examination examination = ProfileTemplate.of(file.octets());
        if (examination instanceof ProfileTemplate.Unreadable unreadable) {
            throw file.unreadable(unreadable.fault());
        }
        if (examination instanceof ProfileTemplate.Refused) {
            throw new ProfileException(file.path() + " is no template. godwit profile template tells where a secret is"
                    + " or could be, and takes it out with --blank.");
        }
        return ((ProfileTemplate.Sound) examination).template();
    }

    private static SubscriptionData subscription(Path file) throws IOException {
        SubscriptionDataCodec.Result result =
                SubscriptionDataCodec.read(ProfileFile.content(file, MOST, "subscription data in JSON"));
        if (result instanceof SubscriptionDataCodec.Refused refused) {
            throw new ProfileException(file + " is no subscription data: " + refused + ".");
        }
        return ((SubscriptionDataCodec.Read) result).subscription();
    }
}
