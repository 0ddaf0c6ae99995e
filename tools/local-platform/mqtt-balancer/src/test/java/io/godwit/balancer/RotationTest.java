package io.godwit.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Plan.Node A = new Plan.Node("a", 1);
    private static final Plan.Node B = new Plan.Node("b", 2);
    private static final Plan.Node C = new Plan.Node("c", 3);
    private static final long REST = 1000;

    private final Rotation rotation = new Rotation(List.of(A, B, C), REST);

    @Test
    void eachHasItsTurnAndTheOthersStandBehindIt() {
        assertEquals(List.of(A, B, C), rotation.next(0));
        assertEquals(List.of(B, C, A), rotation.next(0));
        assertEquals(List.of(C, A, B), rotation.next(0));
        assertEquals(List.of(A, B, C), rotation.next(0));
    }

    @Test
    void whoHasRefusedIsAskedLastUntilItHasRested() {
        rotation.refused(A, 0);
        assertEquals(List.of(B, C, A), rotation.next(REST - 1));
        assertEquals(List.of(C, B, A), rotation.next(REST - 1));
        assertEquals(List.of(A, B, C), rotation.next(REST));
    }

    @Test
    void whoAcceptsAgainHasItsTurnAtOnce() {
        rotation.refused(A, 0);
        rotation.accepted(A);
        assertEquals(List.of(A, B, C), rotation.next(1));
    }

    @Test
    void theShareOfADeadNodeIsSpreadOverAllOthers() {
        rotation.refused(B, 0);
        Map<Plan.Node, Integer> first = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            first.merge(rotation.next(1).get(0), 1, Integer::sum);
        }
        assertEquals(Map.of(A, 150, C, 150), first);
    }

    @Test
    void whenAllHaveRefusedAllAreTriedNevertheless() {
        List.of(A, B, C).forEach(node -> rotation.refused(node, 0));
        assertEquals(List.of(A, B, C), rotation.next(1));
    }
}
