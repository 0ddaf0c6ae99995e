package io.godwit.provisioning.smdp;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.personalisation.Personalisation;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SecretPlace;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** Whether what a carrier brings can be taken in stock. No refusal says anything of a secret but where it stands. */
public final class ImportReading {
    /** So many places of secrets are named; who sees them looks for the others too. */
    private static final int NAMED = 5;

    private ImportReading() {}

    /** What reading came to. */
    public sealed interface Result<T> {
        /** It can be taken. */
        record Sound<T>(T value) implements Result<T> {}

        record Refused<T>(Refusal refusal) implements Result<T> {}
    }

    /** A template: a package in which no secret stands. */
    public static Result<ProfileTemplate> template(Octets profilePackage) {
        ProfileTemplate.Examination examination = ProfileTemplate.of(profilePackage);
        if (examination instanceof ProfileTemplate.Sound sound) {
            return new Result.Sound<>(sound.template());
        }
        if (examination instanceof ProfileTemplate.Unreadable unreadable) {
            PackageFault fault = unreadable.fault();
            return refused(
                    "TEMPLATE_UNREADABLE",
                    "profileTemplate: " + fault.element() + " at octet " + fault.offset() + ": " + fault.reason());
        }
        List<SecretPlace> places = ((ProfileTemplate.Refused) examination).places();
        String more = places.size() > NAMED ? "; and " + (places.size() - NAMED) + " more" : "";
        return refused(
                "TEMPLATE_HOLDS_SECRETS",
                "profileTemplate: "
                        + places.stream()
                                .limit(NAMED)
                                .map(SecretPlace::toString)
                                .collect(Collectors.joining("; "))
                        + more);
    }

    /** The data of the subscription {@code iccid}; whoever gets them destroys them. */
    public static Result<SubscriptionData> subscription(SecretOctets json, Iccid iccid) {
        SubscriptionDataCodec.Result result = SubscriptionDataCodec.read(json.reveal());
        if (result instanceof SubscriptionDataCodec.Refused refused) {
            return refused("SUBSCRIPTION_UNREADABLE", refused.toString());
        }
        SubscriptionData data = ((SubscriptionDataCodec.Read) result).subscription();
        if (!data.iccid().equals(iccid)) {
            data.destroy();
            return refused("SUBSCRIPTION_OF_ANOTHER_ICCID", "subscription.iccid: the one in the JWE's header expected");
        }
        return new Result.Sound<>(data);
    }

    /** The package of a subscription; whoever gets it destroys it. */
    public static Result<SecretOctets> profilePackage(ProfileTemplate template, SubscriptionData subscription) {
        Personalisation personalisation = template.personalise(subscription);
        if (personalisation instanceof Personalisation.Refused refused) {
            return refused("SUBSCRIPTION_DOES_NOT_FIT", "subscription: " + refused.reason());
        }
        return new Result.Sound<>(SecretOctets.copyOf(
                ((Personalisation.Personalised) personalisation).profile().encode()));
    }

    private static <T> Result<T> refused(String code, String detail) {
        return new Result.Refused<>(new Refusal(code, detail));
    }
}
