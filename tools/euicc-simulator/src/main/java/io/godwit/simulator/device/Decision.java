package io.godwit.simulator.device;

import java.util.ArrayList;
import java.util.List;

/** What an input comes to. */
public record Decision(AgentState next, List<Action> actions) {
    public Decision {
        actions = List.copyOf(actions);
    }

    static Decision of(AgentState next, Action... actions) {
        return new Decision(next, List.of(actions));
    }

    /** What {@code second} comes to, with this decision's actions done before. */
    Decision followed(Decision second) {
        return second.preceded(actions.toArray(new Action[0]));
    }

    /** This decision with {@code first} done before its actions. */
    Decision preceded(Action... first) {
        List<Action> all = new ArrayList<>(List.of(first));
        all.addAll(actions);
        return new Decision(next, all);
    }
}
