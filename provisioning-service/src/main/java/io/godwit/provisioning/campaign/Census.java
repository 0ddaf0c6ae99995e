package io.godwit.provisioning.campaign;

/**
 * The members of a campaign, counted by where they stand.
 *
 * @param members how many there are; final once the order is carried out
 * @param expanding whether some have no procedure yet
 * @param queued waiting behind other procedures of their cards
 * @param summoned to be reached by the group's package, A1 not answered yet
 * @param ready to be reached by it, A1 answered
 * @param succeeded {@code failed} and {@code expired}: those with an outcome
 * @param canaryOpen members of the canary without an outcome
 */
public record Census(
        long members,
        boolean expanding,
        long queued,
        long summoned,
        long ready,
        long succeeded,
        long failed,
        long expired,
        long canaryOpen) {
    long ended() {
        return succeeded + failed + expired;
    }

    long reachable() {
        return summoned + ready;
    }

    boolean isOver() {
        return !expanding && ended() >= members;
    }

    /** Whether the share of members without success is above {@code percent}, and is one to go by. */
    boolean isAbove(int percent, boolean evenOfFew) {
        boolean isEnough = evenOfFew || ended() >= Math.min(members, FEWEST);
        return ended() > 0 && isEnough && (failed + expired) * 100 > percent * ended();
    }

    /** The first failure among few outcomes says nothing of the group. */
    private static final long FEWEST = 20;
}
