package io.godwit.cli.demo;

import io.godwit.cli.scenario.OrderResult;
import io.godwit.protocol.json.Json;
import java.util.List;

/** What a run of {@code godwit demo replacement} came to. */
public record ReplacementResult(Moved moved, GivenUp givenUp) {
    /**
     * A subscription that moved from a broken device to its successor.
     *
     * @param stages those that REST has told, in order
     * @param seconds from the successor's request to its attach
     * @param attached whether the carrier's network has let the successor in with it
     * @param deleted whether the old card itself is without it
     * @param neverOnBoth whether no look at the cards has shown it enabled on the new one while the old one had it
     * @param held whether the successor is its one holder by REST
     * @param agreed whether the old device's E2 has reached the new one
     */
    public record Moved(
            String iccid,
            List<String> stages,
            double seconds,
            boolean attached,
            boolean deleted,
            boolean neverOnBoth,
            boolean held,
            boolean agreed) {
        public Moved {
            stages = List.copyOf(stages);
        }

        boolean isSound() {
            return attached && deleted && neverOnBoth && held && agreed && stages.contains("Completed");
        }

        private Json.Obj toJson() {
            return Json.object()
                    .put("iccid", iccid)
                    .put("stages", stages.stream().map(Json::of).toList())
                    .put("seconds", OrderResult.decimal(seconds))
                    .put("attached", attached)
                    .put("deletedOnOldCard", deleted)
                    .put("neverOnBoth", neverOnBoth)
                    .put("heldBySuccessor", held)
                    .put("oldDeviceAgreed", agreed)
                    .build();
        }
    }

    /**
     * A device that was given up.
     *
     * @param iccid what it had
     * @param other what its successor got
     * @param seconds from the order to the successor's attach
     * @param cleared whether its card, when it appeared again, was made to delete what it had
     * @param released whether it is out of quarantine by REST
     */
    public record GivenUp(
            String iccid,
            String other,
            List<String> stages,
            double seconds,
            boolean attached,
            boolean cleared,
            boolean released) {
        public GivenUp {
            stages = List.copyOf(stages);
        }

        boolean isSound() {
            return attached && !other.equals(iccid) && cleared && released && stages.contains("Completed");
        }

        private Json.Obj toJson() {
            return Json.object()
                    .put("iccid", iccid)
                    .put("successorsIccid", other)
                    .put("stages", stages.stream().map(Json::of).toList())
                    .put("seconds", OrderResult.decimal(seconds))
                    .put("attached", attached)
                    .put("deletedOnOldCard", cleared)
                    .put("outOfQuarantine", released)
                    .build();
        }
    }

    /** Both ended as they should. */
    public boolean isSound() {
        return moved.isSound() && givenUp.isSound();
    }

    /** One object; the last line of standard output with {@code --json}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("moved", moved.toJson())
                .put("givenUp", givenUp.toJson())
                .put("sound", isSound())
                .build();
    }
}
