package io.godwit.simulator.fleet;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.InsertedCard;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes devices with fresh cards: the bootstrap profile enabled and the one to fall back to, an operational profile
 * installed and disabled, random SCP80 keys, the group extension on as many as the plan says, and an ECASD where there is an
 * EUM to certify it.
 */
public final class FleetFactory {
    private static final int KEY_SET_VERSION = 1;
    private static final int KEY_OCTETS = 16;
    private static final int PROFILE_OCTETS = 32_768;

    private final DeviceFiles files;
    private final SecureRandom random;
    private final @Nullable Eum eum;

    /** Cards whose group extensions have no key of their own, and that profiles cannot be downloaded to. */
    public FleetFactory(DeviceFiles files, SecureRandom random) {
        this(files, random, null);
    }

    /** @param eum certifies a key for each ECASD and each group extension; {@code null}: cards have neither key */
    public FleetFactory(DeviceFiles files, SecureRandom random, @Nullable Eum eum) {
        this.files = files;
        this.random = random;
        this.eum = eum;
    }

    /**
     * Makes the cards of {@code plan} and writes them down; one that exists is left as it is.
     *
     * @return the EIDs of all cards of the plan, in order
     */
    public List<Eid> make(FleetPlan plan) throws IOException {
        List<Eid> eids = new ArrayList<>(plan.count());
        for (int number = plan.firstNumber(); number < plan.firstNumber() + plan.count(); number++) {
            Eid eid = plan.eid(number);
            eids.add(eid);
            if (!files.contains(eid)) {
                files.save(eid, DeviceMemory.around(new InsertedCard(card(plan, number))));
            }
        }
        return eids;
    }

    private EuiccCard card(FleetPlan plan, int number) {
        EuiccCard plain = CardFactory.personalise(
                plan.eid(number),
                List.of(Scp80Keys.of(KEY_SET_VERSION, key(), key())),
                List.of(
                        IsdP.withProfile(0, plan.iccid(number, 0), PROFILE_OCTETS)
                                .withProfileType(EisDocument.BOOTSTRAP),
                        IsdP.withProfile(1, plan.iccid(number, 1), PROFILE_OCTETS)
                                .withProfileType(EisDocument.OPERATIONAL)));
        EuiccCard card =
                eum == null ? plain : CardFactory.withEcasd(plain, eum.equip(plan.eid(number), random, Instant.now()));
        if (!plan.hasGroupExtension(number)) {
            return card;
        }
        return eum == null
                ? CardFactory.withGroupExtension(card)
                : CardFactory.withGroupExtension(card, eum.extend(plan.eid(number), random, Instant.now()));
    }

    private Octets key() {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        return Octets.of(key);
    }
}
