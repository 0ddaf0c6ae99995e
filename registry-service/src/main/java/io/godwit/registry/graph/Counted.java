package io.godwit.registry.graph;

/** Numbers as GraphQL has them: an {@code Int} ends at 2,147,483,647. */
final class Counted {
    private Counted() {}

    /** The number, or the greatest {@code Int} where it is greater. */
    static int whole(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
